from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from argon2 import PasswordHasher
from flask import Flask
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from dao.models import User
from tests.views.conftest import PASSWORD, Account

CURRENT = "$argon2id$v=19$m=19456,t=2,p=1$"


def stored(session: Session) -> str:
    """The beginning of the only hash."""
    return session.scalars(select(User.password_hash)).one()[: len(CURRENT)]


def test_simultaneous_logins_renew_an_old_hash_and_all_succeed(
    app: Flask, session: Session, account: Account
) -> None:
    assert stored(session) == CURRENT
    weaker = PasswordHasher(memory_cost=8192, time_cost=1, parallelism=1).hash(PASSWORD)
    session.execute(update(User).values(password_hash=weaker))
    session.commit()
    together = Barrier(4)

    def log_in(_: int) -> int:
        together.wait(10)
        return app.test_client().post("/auth/login/", json=account.credentials).status_code

    with ThreadPoolExecutor(4) as threads:
        assert list(threads.map(log_in, range(4))) == [200] * 4
    assert stored(session) == CURRENT

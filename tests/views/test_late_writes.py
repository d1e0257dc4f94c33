"""A write that waits until its session has ended is refused, though the guard had passed it."""

import secrets
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from threading import Event
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import Connection, Engine, Row, delete, event, select, update
from sqlalchemy.orm import Session

from dao.models import Favorite, LoginSession, User
from helpers.database import ENGINE_MODULES
from helpers.passwords import Passwords
from helpers.tokens import Tokens
from tests.conftest import SECRET_KEY
from tests.support.builders import a_login_session, a_user, new_movies, save

PASSWORD, OTHER_PASSWORD = "correct horse battery", "the words of another sentence"
EMAIL = "ann@example.com"

# Method and path, which may hold the id of a film, and the body.
Write = tuple[str, str, dict[str, str]]
WRITES: dict[str, Write] = {
    "change profile": ("PATCH", "/user/", {"name": "Mallory"}),
    "change password": (
        "PUT",
        "/user/password/",
        {"old_password": PASSWORD, "new_password": "the words of a third sentence"},
    ),
    "delete account": ("DELETE", "/user/", {"password": PASSWORD}),
    "add favorite": ("POST", "/favorites/movies/{new}/", {}),
    "remove favorite": ("DELETE", "/favorites/movies/{liked}/", {}),
    "log out": ("DELETE", "/auth/login/", {}),
}
every_write = pytest.mark.parametrize("write", WRITES.values(), ids=WRITES)


@cache
def password_hash() -> str:
    return Passwords().hash(PASSWORD)


@dataclass(frozen=True)
class Person:
    """Ann, who likes one of two films, and has two sessions: the one that writes, and another."""

    client: FlaskClient
    user_id: int
    movie_ids: list[int]
    session_id: str
    access_token: str

    def write(self, write: Write) -> int:
        """Send one of the writes, and return the status."""
        method, path, values = write
        liked, new = self.movie_ids
        headers = {"Authorization": f"Bearer {self.access_token}"}
        url = path.format(liked=liked, new=new)
        return self.client.open(url, method=method, headers=headers, json=values).status_code


@pytest.fixture
def ann(client: FlaskClient, session: Session) -> Person:
    now, tokens = int(time.time()), Tokens((SECRET_KEY,), access_seconds=900)
    movie_ids = new_movies(session, 2)
    user = a_user(email=EMAIL, password_hash=password_hash())
    save(session, user)
    ids = [secrets.token_hex(16) for _ in range(2)]
    times = {"created_at": now, "rotated_at": now, "expires_at": now + 900}
    save(
        session,
        *(a_login_session(id=one, user_id=user.id, generation=2, **times) for one in ids),
        Favorite(user_id=user.id, movie_id=movie_ids[0], created_at=1),
    )
    pair = tokens.issue(user.id, ids[0], 2, now=now, session_end=now + 900)
    return Person(client, user.id, movie_ids, ids[0], pair.access_token)


def rows(connection: Connection) -> list[Sequence[Row[Any]]]:
    """All that somebody has, but for how often they tried a password."""
    tables = (model.__table__ for model in (User, LoginSession, Favorite))
    return [
        connection.execute(select(table).order_by(*table.primary_key.columns)).all()  # type: ignore[attr-defined]
        for table in tables
    ]


def without_session(connection: Connection, ann: Person) -> None:
    connection.execute(delete(LoginSession).where(LoginSession.id == ann.session_id))


def with_another_password(connection: Connection, ann: Person) -> None:
    connection.execute(update(User).values(password_hash=Passwords().hash(OTHER_PASSWORD)))
    without_session(connection, ann)


def without_account(connection: Connection, ann: Person) -> None:
    connection.execute(delete(Favorite))
    connection.execute(delete(User).where(User.id == ann.user_id))


def with_an_expired_session(connection: Connection, ann: Person) -> None:
    expired = update(LoginSession).where(LoginSession.id == ann.session_id)
    connection.execute(expired.values(expires_at=int(time.time())))


LOCKED_ENDINGS = [without_session, with_another_password, without_account, with_an_expired_session]


@contextmanager
def holding_the_lock(engine: Engine, user_id: int) -> Iterator[Connection]:
    """Hold the user's row, on SQLite the database's one lock, and commit in the end."""
    options = ENGINE_MODULES[engine.dialect.name].WRITING
    with engine.connect().execution_options(**options) as connection, connection.begin():
        connection.execute(select(User.id).where(User.id == user_id).with_for_update())
        yield connection


@contextmanager
def told_of_guards(engine: Engine) -> Iterator[Event]:
    """Tell when the guard of a request has found a live session."""
    has_passed = Event()

    def note(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        if statement.startswith("SELECT sessions.generation"):
            has_passed.set()

    event.listen(engine, "after_cursor_execute", note)
    try:
        yield has_passed
    finally:
        event.remove(engine, "after_cursor_execute", note)


@every_write
@pytest.mark.parametrize("end", LOCKED_ENDINGS)
def test_a_write_that_waits_for_a_lock_until_its_session_has_ended_changes_nothing(
    ann: Person,
    engine: Engine,
    write: Write,
    end: Callable[[Connection, Person], None],
) -> None:
    with ThreadPoolExecutor(1) as pool:
        with holding_the_lock(engine, ann.user_id) as holder, told_of_guards(engine) as has_passed:
            late = pool.submit(ann.write, write)
            assert has_passed.wait(10)
            end(holder, ann)
            left = rows(holder)
        assert late.result(timeout=30) == 401
    with engine.connect() as connection:
        assert rows(connection) == left


@every_write
def test_a_write_that_waited_succeeds_where_its_session_goes_on(
    ann: Person, engine: Engine, write: Write
) -> None:
    with ThreadPoolExecutor(1) as pool:
        with holding_the_lock(engine, ann.user_id), told_of_guards(engine) as has_passed:
            late = pool.submit(ann.write, write)
            assert has_passed.wait(10)
        assert late.result(timeout=30) in (200, 204)

"""A session and its account are locked until the transaction ends."""

from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager, nullcontext
from threading import Event
from typing import Any

import pytest
from sqlalchemy import Engine, Executable, delete, insert, select, update
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from constants import MAX_ID
from dao.login_session import LoginSessionDAO
from dao.models import Favorite, LoginSession
from dao.user import UserDAO
from setup_db import transaction
from tests.support.builders import a_login_session, a_user, new_movies, save

END = 2_000


@pytest.fixture
def own(session: Session) -> dict[str, Any]:
    """The ids of Ann's session and account."""
    ann = a_user(email="ann@example.com")
    save(session, ann)
    row = a_login_session(user_id=ann.id, expires_at=END)
    save(session, row)
    return {"session_id": row.id, "user_id": ann.id}


def waits() -> AbstractContextManager[object]:
    """Expect a lock timeout: another transaction holds the row."""
    return pytest.raises(OperationalError, match="lock timeout")


@pytest.mark.parametrize("for_deletion", [False, True])
def test_gives_the_account_and_the_end_of_the_session_in_one_statement(
    session: Session, statements: list[str], own: dict[str, Any], for_deletion: bool
) -> None:
    statements.clear()
    found = LoginSessionDAO(session).lock_owner(**own, for_deletion=for_deletion)
    assert found == (UserDAO(session).find_by_email("ann@example.com"), END)
    assert len(statements) == 2  # The other statement is `find_by_email`.


@pytest.mark.parametrize("other", [{"session_id": "another"}, {"user_id": MAX_ID}], ids=str)
def test_gives_no_account_but_that_of_the_session(
    session: Session, own: dict[str, Any], other: dict[str, Any]
) -> None:
    assert LoginSessionDAO(session).lock_owner(**{**own, **other}) is None


@pytest.mark.parametrize(
    ("ending", "left"),
    [(delete(LoginSession), None), (update(LoginSession).values(expires_at=1_500), 1_500)],
    ids=["gone", "expired"],
)
def test_who_waits_for_the_lock_learns_how_the_session_has_ended_meanwhile(
    session: Session, engine: Engine, own: dict[str, Any], ending: Executable, left: int | None
) -> None:
    has_read = Event()

    def lock_and_read_end() -> int | None:
        with Session(engine) as other:
            assert other.scalars(select(LoginSession.expires_at)).all() == [END]
            has_read.set()
            with transaction(other):
                found = LoginSessionDAO(other).lock_owner(**own)
                return found and found[1]

    with ThreadPoolExecutor(1) as pool:
        with transaction(session):
            UserDAO(session).lock(own["user_id"])
            end = pool.submit(lock_and_read_end)
            assert has_read.wait(10)
            session.execute(ending)
        assert end.result(timeout=30) == left


@pytest.mark.parametrize("app", ["postgresql"], indirect=True)
@pytest.mark.parametrize("for_deletion", [False, True])
def test_others_may_add_a_favorite_meanwhile_unless_the_account_is_to_be_deleted(
    session: Session, engine: Engine, own: dict[str, Any], for_deletion: bool
) -> None:
    [movie_id] = new_movies(session, 1)
    favorite = {"user_id": own["user_id"], "movie_id": movie_id, "created_at": 1}
    with transaction(session), engine.connect() as other:
        LoginSessionDAO(session).lock_owner(**own, for_deletion=for_deletion)
        other.exec_driver_sql("SET LOCAL lock_timeout = 50")
        with waits() if for_deletion else nullcontext():
            other.execute(insert(Favorite).values(favorite))


@pytest.mark.parametrize("app", ["postgresql"], indirect=True)
def test_no_other_transaction_can_end_the_session_meanwhile(
    session: Session, engine: Engine, own: dict[str, Any]
) -> None:
    with transaction(session), engine.connect() as other:
        LoginSessionDAO(session).lock_owner(**own)
        other.exec_driver_sql("SET LOCAL lock_timeout = 50")
        with waits():
            other.execute(delete(LoginSession))

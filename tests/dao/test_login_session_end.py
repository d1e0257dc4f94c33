"""How sessions end: by the user, by being too many, by time."""

from __future__ import annotations

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from constants import PURGE_BATCH
from dao.login_session import LoginSessionDAO
from dao.models import LoginSession
from tests.support.builders import a_login_session, a_user, save

NOW = 1_500


@pytest.fixture
def sessions(session: Session) -> LoginSessionDAO:
    return LoginSessionDAO(session)


@pytest.fixture
def user_id(session: Session) -> int:
    return new_user(session)


def new_user(session: Session) -> int:
    user = a_user()
    save(session, user)
    return user.id


def ids(session: Session) -> list[str]:
    return list(session.scalars(select(LoginSession.id).order_by(LoginSession.id)))


def save_session(session: Session, session_id: str, user_id: int, **columns: int) -> None:
    save(session, a_login_session(id=session_id, user_id=user_id, **columns))


def test_deletes_this_session_alone(
    session: Session, sessions: LoginSessionDAO, user_id: int
) -> None:
    save_session(session, "this", user_id)
    save_session(session, "another", user_id)
    sessions.delete("this", user_id)
    assert ids(session) == ["another"]


def test_deletes_no_session_of_another_user(
    session: Session, sessions: LoginSessionDAO, user_id: int
) -> None:
    save_session(session, "theirs", new_user(session))
    sessions.delete("theirs", user_id)
    assert ids(session) == ["theirs"]


def test_tells_that_it_has_deleted_a_session(
    session: Session, sessions: LoginSessionDAO, user_id: int
) -> None:
    save_session(session, "this", user_id)
    assert sessions.delete("this", user_id) is True


def test_tells_that_there_was_no_session_to_delete(
    session: Session, sessions: LoginSessionDAO, user_id: int
) -> None:
    save_session(session, "theirs", new_user(session))
    assert sessions.delete("theirs", user_id) is False


def test_deletes_all_other_sessions_of_the_user(
    session: Session, sessions: LoginSessionDAO, user_id: int
) -> None:
    for session_id in ("this", "another", "a third"):
        save_session(session, session_id, user_id)
    save_session(session, "theirs", new_user(session))
    sessions.delete_others("this", user_id)
    assert ids(session) == ["theirs", "this"]


@pytest.mark.parametrize(
    ("keep", "expected"),
    [
        (0, []),
        (1, ["newest"]),
        (2, ["middle", "newest"]),
        (3, ["middle", "newest", "oldest"]),
        (50, ["middle", "newest", "oldest"]),
    ],
)
def test_keeps_the_sessions_that_began_last(
    session: Session, sessions: LoginSessionDAO, user_id: int, keep: int, expected: list[str]
) -> None:
    save_session(session, "middle", user_id, created_at=1_020)
    save_session(session, "newest", user_id, created_at=1_030)
    save_session(session, "oldest", user_id, created_at=1_010, rotated_at=1_400)
    sessions.delete_oldest(user_id, NOW, keep)
    assert ids(session) == expected


def test_keeps_as_many_where_all_began_at_once(
    session: Session, sessions: LoginSessionDAO, user_id: int
) -> None:
    for session_id in "abc":
        save_session(session, session_id, user_id, created_at=1_000)
    sessions.delete_oldest(user_id, NOW, keep=2)
    assert ids(session) == ["a", "b"]


def test_keeps_all_sessions_of_other_users(
    session: Session, sessions: LoginSessionDAO, user_id: int
) -> None:
    save_session(session, "theirs", new_user(session))
    sessions.delete_oldest(user_id, NOW, keep=0)
    assert ids(session) == ["theirs"]


def test_expired_sessions_take_no_place_of_the_live_ones(
    session: Session, sessions: LoginSessionDAO, user_id: int
) -> None:
    save_session(session, "live", user_id, created_at=1_000, expires_at=NOW + 1)
    save_session(session, "expired", user_id, created_at=1_100, expires_at=NOW)
    sessions.delete_oldest(user_id, NOW, keep=1)
    assert ids(session) == ["expired", "live"]


def test_deletes_expired_sessions_of_everybody(
    session: Session, sessions: LoginSessionDAO, user_id: int
) -> None:
    save_session(session, "expired", user_id, expires_at=NOW - 1)
    save_session(session, "expiring", new_user(session), expires_at=NOW)
    save_session(session, "live", user_id, expires_at=NOW + 1)
    sessions.delete_expired(NOW)
    assert ids(session) == ["live"]


def test_deletes_a_bounded_number_of_expired_sessions_at_a_time(
    session: Session, sessions: LoginSessionDAO, user_id: int
) -> None:
    expired = [a_login_session(user_id=user_id, expires_at=NOW) for _ in range(PURGE_BATCH + 5)]
    save(session, *expired)
    sessions.delete_expired(NOW)
    assert session.scalar(select(func.count(LoginSession.id))) == 5


def test_deletes_the_rest_of_the_expired_sessions_the_next_time(
    session: Session, sessions: LoginSessionDAO, user_id: int
) -> None:
    expired = [a_login_session(user_id=user_id, expires_at=NOW) for _ in range(PURGE_BATCH + 5)]
    save(session, *expired)
    sessions.delete_expired(NOW)
    sessions.delete_expired(NOW)
    assert ids(session) == []

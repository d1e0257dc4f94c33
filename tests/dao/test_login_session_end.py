"""Login sessions end by logout, by their limit per user, and by expiry."""

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from constants import PURGE_BATCH
from dao.login_session import LoginSessionDAO
from dao.models import LoginSession
from tests.support.builders import a_login_session, new_users, save

NOW, END = 1_500, 2_000


@pytest.fixture
def user_id(session: Session) -> int:
    """A user without a session. Another user has the session "theirs"."""
    user, other = new_users(session, 2)
    save_session(session, "theirs", other)
    return user


def ids(session: Session) -> list[str]:
    return list(session.scalars(select(LoginSession.id).order_by(LoginSession.id)))


def save_session(session: Session, session_id: str, user_id: int, **columns: int) -> None:
    save(session, a_login_session(id=session_id, user_id=user_id, **columns))


@pytest.fixture
def three(session: Session, user_id: int) -> int:
    """The user, now with three sessions."""
    save_session(session, "middle", user_id, created_at=1_020)
    save_session(session, "newest", user_id, created_at=1_030)
    save_session(session, "oldest", user_id, created_at=1_010, rotated_at=1_400)
    return user_id


def test_deletes_one_session_and_says_whether_it_was_there(session: Session, three: int) -> None:
    delete = LoginSessionDAO(session).delete
    assert [delete(it, three) for it in ("middle", "middle", "theirs")] == [True, False, False]
    assert ids(session) == ["newest", "oldest", "theirs"]


def test_deletes_all_other_sessions_of_the_user(session: Session, three: int) -> None:
    LoginSessionDAO(session).delete_others("middle", three)
    assert ids(session) == ["middle", "theirs"]


def test_deletes_all_sessions_of_the_user(session: Session, three: int) -> None:
    LoginSessionDAO(session).delete_all(three)
    assert ids(session) == ["theirs"]


@pytest.mark.parametrize(
    ("keep", "kept"), [(0, []), (2, ["middle", "newest"]), (3, ["middle", "newest", "oldest"])]
)
def test_keeps_the_sessions_that_began_last(
    session: Session, three: int, keep: int, kept: list[str]
) -> None:
    LoginSessionDAO(session).delete_oldest(three, NOW, keep)
    assert ids(session) == [*kept, "theirs"]


def test_expired_sessions_take_no_place_of_the_live_ones(session: Session, user_id: int) -> None:
    save_session(session, "live", user_id, created_at=1_000, expires_at=NOW + 1)
    save_session(session, "expired", user_id, created_at=1_100, expires_at=NOW)
    LoginSessionDAO(session).delete_oldest(user_id, NOW, newest=1)
    assert ids(session) == ["expired", "live", "theirs"]


def test_deletes_expired_sessions_of_everybody(session: Session, user_id: int) -> None:
    save_session(session, "expired", user_id, expires_at=NOW)
    save_session(session, "live", user_id, expires_at=NOW + 1)
    LoginSessionDAO(session).delete_expired(NOW)
    assert ids(session) == ["live", "theirs"]
    LoginSessionDAO(session).delete_expired(END)
    assert ids(session) == []


def test_deletes_so_many_expired_sessions_at_a_time(session: Session, user_id: int) -> None:
    expired = (a_login_session(user_id=user_id, expires_at=NOW) for _ in range(PURGE_BATCH + 5))
    save(session, *expired)
    LoginSessionDAO(session).delete_expired(NOW)
    assert len(ids(session)) == 6  # Five sessions of the user, and one of the other user.

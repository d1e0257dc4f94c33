from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from constants import MAX_ID
from dao.login_session import LoginSessionDAO, SessionState
from dao.models import LoginSession
from tests.dao.threads import at_once
from tests.support.builders import a_login_session, a_user, save

BEGAN, NOW, END = 1_000, 1_500, 2_000


@pytest.fixture
def sessions(session: Session) -> LoginSessionDAO:
    return LoginSessionDAO(session)


@pytest.fixture
def user_id(session: Session) -> int:
    user = a_user()
    save(session, user)
    return user.id


@pytest.fixture
def rotated_thrice(session: Session, user_id: int) -> str:
    """The id of a session that began at BEGAN, is in its third generation and ends at END."""
    row = a_login_session(
        user_id=user_id, generation=3, created_at=BEGAN, rotated_at=1_200, expires_at=END
    )
    save(session, row)
    return row.id


def state(session: Session) -> tuple[int, int, int]:
    """Generation, time of the last rotation, and end of the only session."""
    query = select(LoginSession.generation, LoginSession.rotated_at, LoginSession.expires_at)
    generation, rotated_at, expires_at = session.execute(query).one()
    return generation, rotated_at, expires_at


def test_adds_a_session_that_has_not_been_rotated(
    session: Session, sessions: LoginSessionDAO, user_id: int
) -> None:
    sessions.add("a" * 32, user_id, now=NOW, expires_at=END, ip="192.0.2.1")
    row = session.scalars(select(LoginSession)).one()
    assert (row.id, row.user_id, row.ip) == ("a" * 32, user_id, "192.0.2.1")
    assert (row.generation, row.created_at, row.rotated_at, row.expires_at) == (0, NOW, NOW, END)


def test_gets_the_state_of_a_live_session(
    sessions: LoginSessionDAO, user_id: int, rotated_thrice: str
) -> None:
    assert sessions.get(rotated_thrice, user_id, END - 1) == SessionState(3, 1_200, END)


def test_gets_none_from_the_second_on_in_which_it_expires(
    sessions: LoginSessionDAO, user_id: int, rotated_thrice: str
) -> None:
    assert sessions.get(rotated_thrice, user_id, END) is None


def test_gets_none_for_an_unknown_session(
    sessions: LoginSessionDAO, user_id: int, rotated_thrice: str
) -> None:
    assert sessions.get("another", user_id, NOW) is None


def test_gets_none_for_the_session_of_another_user(
    session: Session, sessions: LoginSessionDAO, rotated_thrice: str
) -> None:
    other = a_user()
    save(session, other)
    assert sessions.get(rotated_thrice, other.id, NOW) is None


def test_gets_a_state_in_one_statement(
    sessions: LoginSessionDAO, user_id: int, rotated_thrice: str, statements: list[str]
) -> None:
    statements.clear()
    sessions.get(rotated_thrice, user_id, NOW)
    assert len(statements) == 1


@pytest.fixture
def signed_in(session: Session) -> None:
    """A session of ann@example.com that began at 192.0.2.1 and ends at END."""
    ann = a_user(email="ann@example.com")
    save(session, ann, a_user(email="bob@example.com"))
    save(session, a_login_session(user_id=ann.id, ip="192.0.2.1", expires_at=END))


@pytest.mark.usefixtures("signed_in")
def test_knows_that_the_account_is_signed_in_from_here(sessions: LoginSessionDAO) -> None:
    assert sessions.is_signed_in_from("ann@example.com", "192.0.2.1", END - 1) is True


@pytest.mark.usefixtures("signed_in")
@pytest.mark.parametrize(
    ("email", "ip", "now"),
    [
        ("bob@example.com", "192.0.2.1", NOW),
        ("nobody@example.com", "192.0.2.1", NOW),
        ("ann@example.com", "192.0.2.2", NOW),
        ("ann@example.com", "192.0.2.1", END),
    ],
    ids=["another account", "no account", "another ip", "expired"],
)
def test_knows_that_the_account_is_not_signed_in_from_here(
    sessions: LoginSessionDAO, email: str, ip: str, now: int
) -> None:
    assert sessions.is_signed_in_from(email, ip, now) is False


def test_rotates_to_the_next_generation(
    session: Session, sessions: LoginSessionDAO, user_id: int, rotated_thrice: str
) -> None:
    sessions.rotate(rotated_thrice, user_id, 3, NOW, idle_seconds=700, total_seconds=9_000)
    assert state(session) == (4, NOW, NOW + 700)


def test_returns_the_state_after_the_rotation(
    sessions: LoginSessionDAO, user_id: int, rotated_thrice: str
) -> None:
    rotated = sessions.rotate(rotated_thrice, user_id, 3, NOW, 700, 9_000)
    assert rotated == SessionState(4, NOW, NOW + 700)


@pytest.mark.parametrize(
    ("total_seconds", "expected_end"),
    [(1_199, BEGAN + 1_199), (1_200, NOW + 700), (1_201, NOW + 700)],
)
def test_ends_no_later_than_its_total_lifetime_allows(
    session: Session,
    sessions: LoginSessionDAO,
    user_id: int,
    rotated_thrice: str,
    total_seconds: int,
    expected_end: int,
) -> None:
    sessions.rotate(rotated_thrice, user_id, 3, NOW, 700, total_seconds)
    assert state(session) == (4, NOW, expected_end)


@pytest.mark.parametrize(
    "wrong",
    [
        {"generation": 2},
        {"generation": 4},
        {"session_id": "another"},
        {"user_id": MAX_ID},
        {"now": END},
    ],
    ids=["generation before", "generation after", "session", "user", "expired"],
)
def test_rotates_nothing_but_the_right_live_session(
    session: Session,
    sessions: LoginSessionDAO,
    user_id: int,
    rotated_thrice: str,
    wrong: dict[str, Any],
) -> None:
    right = {"session_id": rotated_thrice, "user_id": user_id, "generation": 3, "now": NOW}
    rotated = sessions.rotate(**{**right, **wrong}, idle_seconds=700, total_seconds=9_000)
    assert rotated is None
    assert state(session) == (3, 1_200, END)


def test_rotates_no_other_session_of_the_user(
    session: Session, sessions: LoginSessionDAO, user_id: int, rotated_thrice: str
) -> None:
    other = a_login_session(user_id=user_id, generation=3)
    save(session, other)
    sessions.rotate(rotated_thrice, user_id, 3, NOW, 700, 9_000)
    assert sessions.get(other.id, user_id, NOW) == SessionState(3, BEGAN, END)


def test_of_many_who_rotate_one_generation_at_once_a_single_one_does(
    session: Session, engine: Engine, user_id: int, rotated_thrice: str
) -> None:
    states = at_once(
        engine,
        8,
        lambda own, _: LoginSessionDAO(own).rotate(rotated_thrice, user_id, 3, NOW, 700, 9_000),
    )
    assert [rotated for rotated in states if rotated] == [SessionState(4, NOW, NOW + 700)]
    assert state(session) == (4, NOW, NOW + 700)

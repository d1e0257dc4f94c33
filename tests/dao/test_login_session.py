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
THIRD = SessionState(3, 1_200, END)
ELSEWHERE = [{"now": END}, {"session_id": "another"}, {"user_id": MAX_ID}]


@pytest.fixture
def user_id(session: Session) -> int:
    """Ann's id; Bob has an account too."""
    ann = a_user(email="ann@example.com")
    save(session, ann, a_user(email="bob@example.com"))
    return ann.id


@pytest.fixture
def third(session: Session, user_id: int) -> dict[str, Any]:
    """What names a session of Ann's that is in its third generation, besides the time."""
    row = a_login_session(
        user_id=user_id,
        generation=3,
        created_at=BEGAN,
        rotated_at=1_200,
        expires_at=END,
        ip="192.0.2.1",
    )
    save(session, row)
    return {"session_id": row.id, "user_id": user_id}


def state(session: Session) -> SessionState:
    """The state of the only session."""
    query = select(LoginSession.generation, LoginSession.rotated_at, LoginSession.expires_at)
    return SessionState(*session.execute(query).one())


def rotate(session: Session, third: dict[str, Any], **values: Any) -> SessionState | None:
    """Rotate that session now, but for the values."""
    times = {"now": NOW, "idle_seconds": 700, "total_seconds": 9_000}
    return LoginSessionDAO(session).rotate(**{**third, "generation": 3, **times, **values})


def test_adds_a_session_that_has_not_been_rotated(session: Session, user_id: int) -> None:
    LoginSessionDAO(session).add("a" * 32, user_id, now=NOW, expires_at=END, ip="192.0.2.1")
    row = session.scalars(select(LoginSession)).one()
    assert (row.id, row.user_id, row.ip) == ("a" * 32, user_id, "192.0.2.1")
    assert (row.generation, row.created_at, row.rotated_at, row.expires_at) == (0, NOW, NOW, END)


def test_gets_the_state_of_a_live_session_in_one_statement(
    session: Session, third: dict[str, Any], statements: list[str]
) -> None:
    statements.clear()
    assert LoginSessionDAO(session).get(**third, now=END - 1) == THIRD
    assert len(statements) == 1


@pytest.mark.parametrize("wrong", ELSEWHERE, ids=str)
def test_gets_none_but_the_right_live_session(
    session: Session, third: dict[str, Any], wrong: dict[str, Any]
) -> None:
    assert LoginSessionDAO(session).get(**{**third, "now": NOW, **wrong}) is None


@pytest.mark.usefixtures("third")
@pytest.mark.parametrize(
    ("email", "ip", "now", "is_signed_in"),
    [
        ("ann@example.com", "192.0.2.1", END - 1, True),
        ("ann@example.com", "192.0.2.1", END, False),
        ("ann@example.com", "192.0.2.2", NOW, False),
        ("bob@example.com", "192.0.2.1", NOW, False),
        ("nobody@example.com", "192.0.2.1", NOW, False),
    ],
    ids=["live", "expired", "another ip", "another account", "no account"],
)
def test_knows_whether_the_account_is_signed_in_from_an_ip(
    session: Session, email: str, ip: str, now: int, is_signed_in: bool
) -> None:
    assert LoginSessionDAO(session).is_signed_in_from(email, ip, now) is is_signed_in


def test_rotates_to_the_next_generation(session: Session, third: dict[str, Any]) -> None:
    rotated = rotate(session, third)
    assert rotated == state(session) == SessionState(4, NOW, NOW + 700)


@pytest.mark.parametrize(
    ("total_seconds", "expected_end"),
    [(1_199, BEGAN + 1_199), (1_200, NOW + 700), (1_201, NOW + 700)],
)
def test_ends_no_later_than_its_total_lifetime_allows(
    session: Session,
    third: dict[str, Any],
    total_seconds: int,
    expected_end: int,
) -> None:
    rotate(session, third, total_seconds=total_seconds)
    assert state(session) == SessionState(4, NOW, expected_end)


@pytest.mark.parametrize("wrong", [*ELSEWHERE, {"generation": 2}, {"generation": 4}], ids=str)
def test_rotates_nothing_but_the_right_live_session(
    session: Session,
    third: dict[str, Any],
    wrong: dict[str, Any],
) -> None:
    assert rotate(session, third, **wrong) is None
    assert state(session) == THIRD


def test_rotates_once_for_many_at_once(
    session: Session, engine: Engine, third: dict[str, Any]
) -> None:
    states = at_once(engine, 8, lambda own, _: rotate(own, third))
    assert [rotated for rotated in states if rotated] == [SessionState(4, NOW, NOW + 700)]
    assert state(session) == SessionState(4, NOW, NOW + 700)

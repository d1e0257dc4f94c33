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
def third(session: Session) -> dict[str, Any]:
    """The arguments that identify Ann's session, which is in generation 3. Bob has no session."""
    ann = a_user(email="ann@example.com")
    save(session, ann, a_user(email="bob@example.com"))
    ids = {"session_id": "c" * 32, "user_id": ann.id}
    times = {"created_at": BEGAN, "rotated_at": 1_200, "expires_at": END}
    row = {"id": ids["session_id"], "user_id": ann.id, "generation": 3, "ip": "192.0.2.1"}
    save(session, a_login_session(**row, **times))
    return ids


def state(session: Session) -> SessionState:
    """Return the state of the only session."""
    query = select(LoginSession.generation, LoginSession.rotated_at, LoginSession.expires_at)
    return SessionState(*session.execute(query).one())


def rotate(session: Session, third: dict[str, Any], **values: Any) -> SessionState | None:
    """Rotate Ann's session now, with these arguments changed."""
    times = {"now": NOW, "idle_seconds": 700, "total_seconds": 9_000}
    return LoginSessionDAO(session).rotate(**{**third, "generation": 3, **times, **values})


def test_adds_a_session_that_has_not_been_rotated(session: Session) -> None:
    user = a_user()
    save(session, user)
    LoginSessionDAO(session).add("a" * 32, user.id, now=NOW, expires_at=END, ip="192.0.2.1")
    row = session.execute(select(*LoginSession.__table__.columns)).one()
    assert row._mapping == {
        **{"id": "a" * 32, "user_id": user.id, "generation": 0, "ip": "192.0.2.1"},
        **{"created_at": NOW, "rotated_at": NOW, "expires_at": END},
    }


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
    ],
    ids=["live", "expired", "another ip", "another account"],
)
def test_knows_whether_the_account_is_signed_in_from_an_ip(
    session: Session, email: str, ip: str, now: int, is_signed_in: bool
) -> None:
    assert LoginSessionDAO(session).is_signed_in_from(email, ip, now) is is_signed_in


@pytest.mark.parametrize(
    ("total_seconds", "end"), [(1_199, BEGAN + 1_199), (1_201, NOW + 700), (9_000, NOW + 700)]
)
def test_rotates_to_the_next_generation_and_ends_no_later_than_its_total_lifetime_allows(
    session: Session, third: dict[str, Any], total_seconds: int, end: int
) -> None:
    rotated = rotate(session, third, total_seconds=total_seconds)
    assert rotated == state(session) == SessionState(4, NOW, end)


@pytest.mark.parametrize("wrong", [*ELSEWHERE, {"generation": 2}, {"generation": 4}], ids=str)
def test_rotates_nothing_but_the_right_live_session(
    session: Session, third: dict[str, Any], wrong: dict[str, Any]
) -> None:
    assert rotate(session, third, **wrong) is None
    assert state(session) == THIRD


def test_rotates_once_for_many_at_once(
    session: Session, engine: Engine, third: dict[str, Any]
) -> None:
    states = at_once(engine, 8, lambda own, _: rotate(own, third))
    assert [rotated for rotated in states if rotated] == [SessionState(4, NOW, NOW + 700)]
    assert state(session) == SessionState(4, NOW, NOW + 700)

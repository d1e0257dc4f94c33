from __future__ import annotations

import pytest
from sqlalchemy import Engine, func, select
from sqlalchemy.orm import Session

from constants import PURGE_BATCH
from dao.attempts import AttemptsDAO, Count
from dao.models import Attempts
from tests.builders import save
from tests.dao.threads import at_once

NOW = 1_700_000_000


@pytest.fixture
def attempts(session: Session) -> AttemptsDAO:
    return AttemptsDAO(session)


def keys(session: Session) -> list[str]:
    return list(session.scalars(select(Attempts.key).order_by(Attempts.key)))


def over(number: int) -> list[Attempts]:
    """Windows that are over since NOW."""
    return [Attempts(key=f"{index:03}", hits=1, expires_at=NOW) for index in range(number)]


def test_counts_the_first_attempt_of_a_key(attempts: AttemptsDAO) -> None:
    assert attempts.count("a", NOW, 60) == Count(1, NOW + 60)


def test_counts_on_in_the_window_of_the_first_attempt(attempts: AttemptsDAO) -> None:
    moments = [NOW, NOW + 1, NOW + 30, NOW + 59]
    counts = [attempts.count("a", moment, 60) for moment in moments]
    assert counts == [Count(hits, NOW + 60) for hits in (1, 2, 3, 4)]


@pytest.mark.parametrize("late", [60, 61, 1_000_000])
def test_counts_anew_when_the_window_is_over(attempts: AttemptsDAO, late: int) -> None:
    attempts.count("a", NOW, 60)
    attempts.count("a", NOW, 60)
    assert attempts.count("a", NOW + late, 60) == Count(1, NOW + late + 60)


def test_counts_on_in_the_window_that_began_anew(attempts: AttemptsDAO) -> None:
    attempts.count("a", NOW, 60)
    attempts.count("a", NOW + 60, 60)
    assert attempts.count("a", NOW + 61, 60) == Count(2, NOW + 120)


def test_counts_each_key_alone(attempts: AttemptsDAO) -> None:
    attempts.count("a", NOW, 60)
    assert attempts.count("b", NOW + 5, 60) == Count(1, NOW + 65)


def test_counts_in_one_statement(attempts: AttemptsDAO, statements: list[str]) -> None:
    attempts.count("a", NOW, 60)
    attempts.count("a", NOW, 60)
    assert len(statements) == 2


def test_gives_each_of_many_attempts_at_once_a_number_of_its_own(
    session: Session, engine: Engine
) -> None:
    counts = at_once(engine, 8, lambda own, _: AttemptsDAO(own).count("a", NOW, 60))
    assert sorted(count.hits for count in counts if count) == [1, 2, 3, 4, 5, 6, 7, 8]
    assert session.scalar(select(Attempts.hits)) == 8


def test_forgets_the_attempts_of_this_key_alone(session: Session, attempts: AttemptsDAO) -> None:
    attempts.count("a", NOW, 60)
    attempts.count("b", NOW, 60)
    attempts.delete("a")
    assert keys(session) == ["b"]


def test_counts_from_one_after_it_has_forgotten(attempts: AttemptsDAO) -> None:
    attempts.count("a", NOW, 60)
    attempts.delete("a")
    assert attempts.count("a", NOW + 5, 60) == Count(1, NOW + 65)


def test_may_forget_a_key_that_never_was(session: Session, attempts: AttemptsDAO) -> None:
    attempts.count("a", NOW, 60)
    attempts.delete("b")
    assert keys(session) == ["a"]


def test_deletes_the_windows_that_are_over(session: Session, attempts: AttemptsDAO) -> None:
    for key, expires_at in (("long over", NOW - 1), ("over", NOW), ("not over", NOW + 1)):
        save(session, Attempts(key=key, hits=1, expires_at=expires_at))
    attempts.delete_expired(NOW)
    assert keys(session) == ["not over"]


def test_deletes_a_bounded_number_of_windows_at_a_time(
    session: Session, attempts: AttemptsDAO
) -> None:
    save(session, *over(PURGE_BATCH + 5))
    attempts.delete_expired(NOW)
    assert session.scalar(select(func.count(Attempts.key))) == 5


def test_deletes_the_rest_of_the_windows_the_next_time(
    session: Session, attempts: AttemptsDAO
) -> None:
    save(session, *over(PURGE_BATCH + 5))
    attempts.delete_expired(NOW)
    attempts.delete_expired(NOW)
    assert keys(session) == []

from __future__ import annotations

import pytest
from sqlalchemy import Engine, func, select
from sqlalchemy.orm import Session

from constants import PURGE_BATCH
from dao.models import RateLimitWindow
from dao.rate_limit import Count, RateLimitDAO
from tests.dao.threads import at_once
from tests.support.builders import save

NOW = 1_700_000_000


@pytest.fixture
def rate_limits(session: Session) -> RateLimitDAO:
    return RateLimitDAO(session)


def keys(session: Session) -> list[str]:
    return list(session.scalars(select(RateLimitWindow.key).order_by(RateLimitWindow.key)))


def over(number: int) -> list[RateLimitWindow]:
    """Windows that are over since NOW."""
    return [RateLimitWindow(key=f"{index:03}", hits=1, expires_at=NOW) for index in range(number)]


def test_counts_the_first_attempt_of_a_key(rate_limits: RateLimitDAO) -> None:
    assert rate_limits.count("a", NOW, 60) == Count(1, NOW + 60)


def test_counts_on_in_the_window_of_the_first_attempt(rate_limits: RateLimitDAO) -> None:
    moments = [NOW, NOW + 1, NOW + 30, NOW + 59]
    counts = [rate_limits.count("a", moment, 60) for moment in moments]
    assert counts == [Count(hits, NOW + 60) for hits in (1, 2, 3, 4)]


@pytest.mark.parametrize("late", [60, 61, 1_000_000])
def test_counts_anew_when_the_window_is_over(rate_limits: RateLimitDAO, late: int) -> None:
    rate_limits.count("a", NOW, 60)
    rate_limits.count("a", NOW, 60)
    assert rate_limits.count("a", NOW + late, 60) == Count(1, NOW + late + 60)


def test_counts_on_in_the_window_that_began_anew(rate_limits: RateLimitDAO) -> None:
    rate_limits.count("a", NOW, 60)
    rate_limits.count("a", NOW + 60, 60)
    assert rate_limits.count("a", NOW + 61, 60) == Count(2, NOW + 120)


def test_counts_each_key_alone(rate_limits: RateLimitDAO) -> None:
    rate_limits.count("a", NOW, 60)
    assert rate_limits.count("b", NOW + 5, 60) == Count(1, NOW + 65)


def test_counts_in_one_statement(rate_limits: RateLimitDAO, statements: list[str]) -> None:
    rate_limits.count("a", NOW, 60)
    rate_limits.count("a", NOW, 60)
    assert len(statements) == 2


def test_gives_each_of_many_attempts_at_once_a_number_of_its_own(
    session: Session, engine: Engine
) -> None:
    counts = at_once(engine, 8, lambda own, _: RateLimitDAO(own).count("a", NOW, 60))
    assert sorted(count.hits for count in counts if count) == [1, 2, 3, 4, 5, 6, 7, 8]
    assert session.scalar(select(RateLimitWindow.hits)) == 8


def test_forgets_the_attempts_of_this_key_alone(
    session: Session, rate_limits: RateLimitDAO
) -> None:
    rate_limits.count("a", NOW, 60)
    rate_limits.count("b", NOW, 60)
    rate_limits.delete("a")
    assert keys(session) == ["b"]


def test_counts_from_one_after_it_has_forgotten(rate_limits: RateLimitDAO) -> None:
    rate_limits.count("a", NOW, 60)
    rate_limits.delete("a")
    assert rate_limits.count("a", NOW + 5, 60) == Count(1, NOW + 65)


def test_may_forget_a_key_that_never_was(session: Session, rate_limits: RateLimitDAO) -> None:
    rate_limits.count("a", NOW, 60)
    rate_limits.delete("b")
    assert keys(session) == ["a"]


def test_deletes_the_windows_that_are_over(session: Session, rate_limits: RateLimitDAO) -> None:
    for key, expires_at in (("long over", NOW - 1), ("over", NOW), ("not over", NOW + 1)):
        save(session, RateLimitWindow(key=key, hits=1, expires_at=expires_at))
    rate_limits.delete_expired(NOW)
    assert keys(session) == ["not over"]


def test_deletes_a_bounded_number_of_windows_at_a_time(
    session: Session, rate_limits: RateLimitDAO
) -> None:
    save(session, *over(PURGE_BATCH + 5))
    rate_limits.delete_expired(NOW)
    assert session.scalar(select(func.count(RateLimitWindow.key))) == 5


def test_deletes_the_rest_of_the_windows_the_next_time(
    session: Session, rate_limits: RateLimitDAO
) -> None:
    save(session, *over(PURGE_BATCH + 5))
    rate_limits.delete_expired(NOW)
    rate_limits.delete_expired(NOW)
    assert keys(session) == []

import pytest
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from constants import PURGE_BATCH
from dao.models import RateLimitWindow
from dao.rate_limit import Count, RateLimitDAO
from tests.dao.threads import at_once
from tests.support.builders import save

NOW = 1_700_000_000


def keys(session: Session) -> list[str]:
    return list(session.scalars(select(RateLimitWindow.key).order_by(RateLimitWindow.key)))


def test_counts_on_in_the_window_of_the_first_attempt(session: Session) -> None:
    moments = [NOW, NOW + 1, NOW + 30, NOW + 59]
    counts = [RateLimitDAO(session).count("a", moment, 60) for moment in moments]
    assert counts == [Count(hits, NOW + 60) for hits in (1, 2, 3, 4)]


@pytest.mark.parametrize("late", [60, 61, 1_000_000])
def test_counts_anew_when_the_window_is_over(session: Session, late: int) -> None:
    moments = [NOW, NOW, NOW + late, NOW + late + 1]
    counts = [RateLimitDAO(session).count("a", moment, 60) for moment in moments]
    anew = NOW + late + 60
    assert counts[2:] == [Count(1, anew), Count(2, anew)]


def test_finds_the_counts_of_these_keys_whose_window_is_not_over(session: Session) -> None:
    windows = RateLimitDAO(session)
    for key, moment in (("a", NOW), ("a", NOW), ("b", NOW), ("over", NOW - 60), ("c", NOW)):
        windows.count(key, moment, 60)
    found = windows.find(["a", "b", "over", "unknown"], NOW)
    assert found == {"a": Count(2, NOW + 60), "b": Count(1, NOW + 60)}


def test_gives_each_of_many_at_once_its_own_number(session: Session, engine: Engine) -> None:
    counts = at_once(engine, 8, lambda own, _: RateLimitDAO(own).count("a", NOW, 60))
    assert sorted(count.hits for count in counts if count) == [1, 2, 3, 4, 5, 6, 7, 8]
    assert session.scalar(select(RateLimitWindow.hits)) == 8


@pytest.mark.parametrize(("key", "kept"), [("a", ["b"]), ("c", ["a", "b"])])
def test_forgets_this_key_alone(session: Session, key: str, kept: list[str]) -> None:
    RateLimitDAO(session).count("a", NOW, 60)
    RateLimitDAO(session).count("b", NOW, 60)
    RateLimitDAO(session).delete(key)
    assert keys(session) == kept


def test_deletes_the_windows_that_are_over(session: Session) -> None:
    for key, expires_at in (("long over", NOW - 1), ("over", NOW), ("not over", NOW + 1)):
        save(session, RateLimitWindow(key=key, hits=1, expires_at=expires_at))
    RateLimitDAO(session).delete_expired(NOW)
    assert keys(session) == ["not over"]


def test_deletes_so_many_windows_at_a_time(session: Session) -> None:
    numbers = range(PURGE_BATCH + 5)
    save(session, *(RateLimitWindow(key=str(n), hits=1, expires_at=NOW) for n in numbers))
    RateLimitDAO(session).delete_expired(NOW)
    assert len(keys(session)) == 5
    RateLimitDAO(session).delete_expired(NOW)
    assert keys(session) == []

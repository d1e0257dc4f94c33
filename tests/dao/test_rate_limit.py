import pytest
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from constants import PURGE_BATCH
from dao.models import RateLimitWindow
from dao.rate_limit import Count, RateLimitDAO
from tests.dao.threads import at_once
from tests.support.builders import save

NOW = 1_700_000_000


@pytest.fixture
def windows(session: Session) -> RateLimitDAO:
    return RateLimitDAO(session)


def keys(session: Session) -> list[str]:
    return list(session.scalars(select(RateLimitWindow.key).order_by(RateLimitWindow.key)))


def test_counts_on_in_the_window_of_the_first_attempt_and_anew_when_it_is_over(
    windows: RateLimitDAO,
) -> None:
    moments = [NOW, NOW + 59, NOW + 60, NOW + 61]
    counts = [windows.count("a", moment, 60) for moment in moments]
    assert counts[:2] == [Count(1, NOW + 60), Count(2, NOW + 60)]
    assert counts[2:] == [Count(1, NOW + 120), Count(2, NOW + 120)]


def test_finds_the_counts_of_these_keys_whose_window_is_not_over(windows: RateLimitDAO) -> None:
    for key, moment in (("a", NOW), ("a", NOW), ("b", NOW), ("over", NOW - 60), ("c", NOW)):
        windows.count(key, moment, 60)
    found = windows.find(["a", "b", "over", "unknown"], NOW)
    assert found == {"a": Count(2, NOW + 60), "b": Count(1, NOW + 60)}


def test_gives_each_of_many_at_once_its_own_number(session: Session, engine: Engine) -> None:
    counts = at_once(engine, 8, lambda own, _: RateLimitDAO(own).count("a", NOW, 60))
    assert sorted(count.hits for count in counts if count) == [1, 2, 3, 4, 5, 6, 7, 8]
    assert session.scalar(select(RateLimitWindow.hits)) == 8


def test_forgets_this_key_alone(session: Session, windows: RateLimitDAO) -> None:
    windows.count("a", NOW, 60)
    windows.count("b", NOW, 60)
    windows.delete("a")
    assert keys(session) == ["b"]


def test_deletes_so_many_of_the_windows_that_are_over_at_a_time(
    session: Session, windows: RateLimitDAO
) -> None:
    over = (RateLimitWindow(key=f"{n}", hits=1, expires_at=NOW) for n in range(PURGE_BATCH + 1))
    save(session, *over, RateLimitWindow(key="not over", hits=1, expires_at=NOW + 1))
    windows.delete_expired(NOW)
    assert len(keys(session)) == 2
    windows.delete_expired(NOW)
    assert keys(session) == ["not over"]

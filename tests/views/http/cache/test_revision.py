"""How often the revision of the catalogue is read."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Event

import pytest

from views.http.cache import CatalogueRevision

FOREVER = 1_000.0


class Gone(Exception):
    """An error of the database."""


def reading(*outcomes: int | Exception) -> Callable[[], int]:
    """Return a reader that gives these outcomes in order. A further read fails the test."""
    rest = iter(outcomes)

    def read() -> int:
        outcome = next(rest)
        if isinstance(outcome, Exception):
            raise outcome
        return outcome

    return read


@pytest.mark.parametrize(("seconds", "numbers"), [(FOREVER, [1, 1]), (0, [1, 2])])
def test_reads_the_revision_once_in_its_time(seconds: float, numbers: list[int]) -> None:
    revision = CatalogueRevision(reading(1, 2), seconds)
    assert [revision(), revision()] == numbers


def test_remembers_the_error_as_long() -> None:
    revision = CatalogueRevision(reading(Gone()), FOREVER)
    for _ in range(2):
        with pytest.raises(Gone):
            revision()


def test_forgets_the_error_once_the_revision_is_read() -> None:
    revision = CatalogueRevision(reading(Gone(), 1, 2), seconds=0)
    with pytest.raises(Gone):
        revision()
    assert [revision(), revision()] == [1, 2]


def test_after_an_error_callers_do_not_wait_for_the_one_that_tries_again() -> None:
    trying_again, may_fail = Event(), Event()
    is_again = iter([False, True])

    def read() -> int:
        if next(is_again):
            trying_again.set()
            assert may_fail.wait(10)
        raise Gone

    revision = CatalogueRevision(read, seconds=0)
    with pytest.raises(Gone):
        revision()
    with ThreadPoolExecutor() as pool:
        again = pool.submit(revision)
        assert trying_again.wait(10)
        with pytest.raises(Gone):
            revision()
        assert not again.done()
        may_fail.set()
        assert isinstance(again.exception(10), Gone)

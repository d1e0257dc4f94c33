from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Event

import pytest

from views.http.cache import CatalogueRevision

FOREVER = 1_000.0


class Gone(Exception):
    """What the database may raise."""


def reading(*outcomes: int | Exception) -> Callable[[], int]:
    """Return or raise one outcome after another; nobody may read more often."""
    rest = iter(outcomes)

    def read() -> int:
        outcome = next(rest)
        if isinstance(outcome, Exception):
            raise outcome
        return outcome

    return read


def test_reads_the_revision_once_in_its_time() -> None:
    revision = CatalogueRevision(reading(1), FOREVER)
    assert [revision() for _ in range(3)] == [1, 1, 1]


def test_reads_the_revision_again_after_its_time() -> None:
    revision = CatalogueRevision(reading(1, 2), seconds=0)
    assert [revision(), revision()] == [1, 2]


def test_remembers_the_error_as_long() -> None:
    revision = CatalogueRevision(reading(Gone()), FOREVER)
    for _ in range(3):
        with pytest.raises(Gone):
            revision()


def test_forgets_the_error_once_the_revision_is_read() -> None:
    revision = CatalogueRevision(reading(Gone(), 1, 2), seconds=0)
    with pytest.raises(Gone):
        revision()
    assert [revision(), revision()] == [1, 2]


def test_after_an_error_nobody_waits_for_the_caller_who_tries_again() -> None:
    trying_again, tried = Event(), Event()
    fail = reading(Gone(), Gone())
    tries: list[str] = []

    def read() -> int:
        tries.append("a try")
        if len(tries) == 2:
            trying_again.set()
            assert tried.wait(10)
        return fail()

    revision = CatalogueRevision(read, seconds=0)
    with pytest.raises(Gone):
        revision()
    with ThreadPoolExecutor() as pool:
        again = pool.submit(revision)
        assert trying_again.wait(10)
        with pytest.raises(Gone):
            revision()
        assert not again.done()
        tried.set()
        assert isinstance(again.exception(10), Gone)

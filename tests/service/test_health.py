from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from threading import Event
from unittest.mock import Mock

import pytest

from dao.catalogue import CatalogueStateDAO
from service.health import HealthService
from tests.service.doubles import double_of


@pytest.fixture
def database() -> Mock:
    return double_of(CatalogueStateDAO)


@pytest.fixture
def back(database: Mock) -> Iterator[Event]:
    """The database does not respond until this event is set."""
    event = Event()

    def responds() -> bool:
        assert event.wait(30)
        return True

    database.responds.side_effect = responds
    yield event
    event.set()


@pytest.mark.usefixtures("back")
def test_checks_only_once_while_the_database_hangs(database: Mock) -> None:
    health = HealthService(database, timeout=0.01)
    with ThreadPoolExecutor(5) as pool:
        assert not any(pool.map(lambda _: health.is_ready(), range(20)))
    database.responds.assert_called_once_with()


def test_is_ready_when_the_database_responds_within_the_timeout(
    database: Mock, back: Event
) -> None:
    health = HealthService(database, timeout=30)
    with ThreadPoolExecutor(5) as pool:
        callers = [pool.submit(health.is_ready) for _ in range(5)]
        back.set()
        assert all(caller.result(30) for caller in callers)


def test_hides_no_fault_of_ours(database: Mock) -> None:
    database.responds.side_effect = RuntimeError("ours")
    with pytest.raises(RuntimeError, match="ours"):
        HealthService(database).is_ready()

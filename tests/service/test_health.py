from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from threading import Event
from unittest.mock import Mock

import pytest

from dao.health import HealthDAO
from service.health import HealthService
from tests.service.doubles import double_of


@pytest.fixture
def database() -> Mock:
    return double_of(HealthDAO)


@pytest.fixture
def hanging(database: Mock) -> Iterator[Event]:
    """Let the database answer only when this is set."""
    back = Event()

    def answers() -> bool:
        assert back.wait(timeout=10)
        return True

    database.answers.side_effect = answers
    yield back
    back.set()


@pytest.mark.parametrize("answers", [True, False])
def test_is_ready_when_the_database_answers(database: Mock, answers: bool) -> None:
    database.answers.return_value = answers
    assert HealthService(database).is_ready() is answers


def test_asks_anew_each_time(database: Mock) -> None:
    health = HealthService(database)
    database.answers.return_value = False
    health.is_ready()
    database.answers.return_value = True
    assert health.is_ready()


@pytest.mark.usefixtures("hanging")
def test_is_not_ready_when_the_patience_ends_before_the_database_answers(database: Mock) -> None:
    assert not HealthService(database, patience=0.01).is_ready()


@pytest.mark.usefixtures("hanging")
def test_asks_only_once_while_the_database_does_not_answer(database: Mock) -> None:
    health = HealthService(database, patience=0.01)
    with ThreadPoolExecutor(5) as pool:
        assert not any(pool.map(lambda _: health.is_ready(), range(20)))
    database.answers.assert_called_once_with()


def test_is_ready_again_when_the_database_has_answered(database: Mock, hanging: Event) -> None:
    health = HealthService(database, patience=0.01)
    health.is_ready()
    hanging.set()
    assert HealthService(database, patience=10).is_ready()


def test_hides_no_fault_of_ours(database: Mock) -> None:
    database.answers.side_effect = RuntimeError("ours")
    with pytest.raises(RuntimeError, match="ours"):
        HealthService(database).is_ready()

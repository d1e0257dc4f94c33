"""Concurrent callers share one computation."""

from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from threading import Event

import pytest

from tests.views.http.cache.keys import Key
from views.http.cache.single_flight import SingleFlight

SECONDS = 10


class Gone(Exception):
    """An error of the database."""


class Computation:
    """A computation that runs until `end` is called."""

    def __init__(self, outcome: str | BaseException) -> None:
        self.begun, self.may_end = Event(), Event()
        self._outcome = outcome

    def __call__(self) -> str:
        self.begun.set()
        assert self.may_end.wait(SECONDS)
        if isinstance(self._outcome, BaseException):
            raise self._outcome
        return self._outcome

    def end(self) -> None:
        assert self.begun.wait(SECONDS)
        self.may_end.set()


Call = Callable[[Computation], "Future[str]"]


@pytest.fixture
def call() -> Iterator[Call]:
    """Start callers in order, each with its own computation, on one `SingleFlight`."""
    flights: SingleFlight[str] = SingleFlight()

    def start(computation: Computation) -> Future[str]:
        key = Key("films")
        caller = pool.submit(flights.do, key, computation)
        assert key.looked_up.wait(SECONDS)
        return caller

    with ThreadPoolExecutor() as pool:
        yield start


def test_callers_during_a_flight_share_the_next_one(call: Call) -> None:
    first, second, unneeded = Computation("first"), Computation("second"), Computation("unneeded")
    callers = [call(computation) for computation in (first, second, unneeded)]
    assert first.begun.wait(SECONDS)
    assert not second.begun.is_set()
    first.end()
    second.end()
    assert [caller.result(SECONDS) for caller in callers] == ["first", "second", "second"]
    assert not unneeded.begun.is_set()


def test_no_caller_shares_a_result_that_was_begun_before_its_call(call: Call) -> None:
    computations = [Computation("first"), Computation("second"), Computation("third")]
    callers = [call(computations[0]), call(computations[1])]
    computations[0].end()
    assert computations[1].begun.wait(SECONDS)
    callers.append(call(computations[2]))
    computations[1].end()
    computations[2].end()
    assert [caller.result(SECONDS) for caller in callers] == ["first", "second", "third"]


@pytest.mark.parametrize("error", [Gone(), SystemExit()], ids=repr)
def test_waiting_callers_get_the_error_and_do_not_try_again(
    call: Call, error: BaseException
) -> None:
    failing, unneeded = Computation(error), Computation("unneeded")
    callers = [call(failing), call(unneeded)]
    failing.end()
    assert [caller.exception(SECONDS) for caller in callers] == [error] * 2
    assert not unneeded.begun.is_set()


def test_different_things_are_made_side_by_side() -> None:
    flights: SingleFlight[str] = SingleFlight()
    slow = Computation("slow")
    with ThreadPoolExecutor() as pool:
        caller = pool.submit(flights.do, "slow", slow)
        assert slow.begun.wait(SECONDS)
        assert flights.do("another", lambda: "quick") == "quick"
        slow.end()
        assert caller.result(SECONDS) == "slow"

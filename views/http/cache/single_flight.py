"""Concurrent callers who want the same thing share one making of it."""

from collections.abc import Callable
from concurrent.futures import Future
from threading import Lock
from typing import Generic, TypeVar

ResultT = TypeVar("ResultT")


class SingleFlight(Generic[ResultT]):
    """Makes one result of a key at a time; one more, at most, waits to be made.

    Callers share only a result whose making begins after their call, so nobody gets one that is
    older than what they know already.
    """

    def __init__(self) -> None:
        self._lock = Lock()
        self._running: dict[str, Future[ResultT]] = {}
        self._waiting: dict[str, Future[ResultT]] = {}

    def do(self, key: str, make: Callable[[], ResultT]) -> ResultT:
        """Return what `make` returns, this caller's or that of a concurrent one.

        Raises what it raised. A caller who waited for a result that could not be made does not try
        again: if all of them did, in turn, the last would wait for the timeouts of all.
        """
        with self._lock:
            shared = self._waiting.get(key)
            before = self._running.get(key)
            if shared is None:
                mine: Future[ResultT] = Future()
                (self._running if before is None else self._waiting)[key] = mine
        if shared is not None:
            return shared.result()
        try:
            if before is not None:
                before.result()  # Waits, and raises what was raised there.
            result = make()
        except BaseException as error:
            self._land(key)
            mine.set_exception(error)
            raise
        self._land(key)
        mine.set_result(result)
        return result

    def _land(self, key: str) -> None:
        """Let the flight that waits for this one be the running one."""
        with self._lock:
            following = self._waiting.pop(key, None)
            if following is None:
                del self._running[key]
            else:
                self._running[key] = following

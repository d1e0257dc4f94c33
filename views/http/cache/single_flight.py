"""Single flight: concurrent callers share one pending result."""

from collections.abc import Callable
from concurrent.futures import Future
from threading import Lock
from typing import Generic, TypeVar

ResultT = TypeVar("ResultT")


class SingleFlight(Generic[ResultT]):
    """Makes one result for a key at a time, and queues at most one more.

    Callers share only a result that is computed after their call begins, so no result is older than
    what its caller knows already.
    """

    def __init__(self) -> None:
        self._lock = Lock()
        self._running: dict[str, Future[ResultT]] = {}
        self._waiting: dict[str, Future[ResultT]] = {}

    def do(self, key: str, make: Callable[[], ResultT]) -> ResultT:
        """Return the result of `make`, either this caller's or that of a concurrent caller.

        Raises what `make` raised. Callers that waited for a failed result do not try again: if they
        all did, one after the other, the last one would wait for all timeouts together.
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
                before.result()  # Waits, and raises the error of that flight.
            result = make()
        except BaseException as error:
            self._land(key)
            mine.set_exception(error)
            raise
        self._land(key)
        mine.set_result(result)
        return result

    def _land(self, key: str) -> None:
        """End the running flight of a key, and let the waiting one take its place."""
        with self._lock:
            following = self._waiting.pop(key, None)
            if following is None:
                del self._running[key]
            else:
                self._running[key] = following

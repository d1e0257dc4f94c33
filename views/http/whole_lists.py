"""Bounds on whole lists, each of which may take seconds."""

import time
import weakref
from collections.abc import Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager
from threading import BoundedSemaphore

from werkzeug.exceptions import ServiceUnavailable

from constants import LOCK_SECONDS, RETRY_SECONDS

# Bounds of each process, at any one time. Callers, readers and delayed requests
# (whole_list_delay.py) together are fewer than its threads, so other requests are always served.
CALLERS = 20
READERS = 26
MAKERS = 2

# How long a caller or a reader waits for a place. Waiting holds a thread, so nobody waits if no
# place was taken for this long: the clients that have the places are slow.
_PLACE_SECONDS = 0.2


class WholeLists:
    """Limits the callers, makers and readers of whole lists.

    All methods raise ServiceUnavailable if there are too many. A maker waits up to `LOCK_SECONDS`
    for its turn; the others wait a moment, which is enough for the lists of a small catalogue.
    """

    def __init__(
        self, callers: int = CALLERS, makers: int = MAKERS, readers: int = READERS
    ) -> None:
        self._callers = _MovingPlaces(callers, seconds=_PLACE_SECONDS)
        self._makers = _Places(makers, seconds=LOCK_SECONDS)
        self._readers = _MovingPlaces(readers, seconds=_PLACE_SECONDS)

    def calling(self) -> AbstractContextManager[None]:
        """Hold a caller's place. Concurrent callers may share one list."""
        return self._callers.place()

    def turn(self) -> AbstractContextManager[None]:
        """Wait for this caller's turn to make a list."""
        return self._makers.place()

    def read(self, body: Iterable[bytes]) -> "ReadBody":
        """Return the body as one that takes a reader's place: a slow client holds a thread."""
        self._readers.take()
        return ReadBody(body, self._readers)


class ReadBody:
    """A body that gives its place back when it is closed or garbage."""

    def __init__(self, body: Iterable[bytes], places: "_Places") -> None:
        self._body = body
        self.close = weakref.finalize(self, places.release)

    def __iter__(self) -> Iterator[bytes]:
        return iter(self._body)


class _Places:
    """A number of places for threads; more threads wait up to `seconds` for one."""

    def __init__(self, number: int, seconds: float) -> None:
        self._places = BoundedSemaphore(number)
        self._seconds = seconds
        self.release = self._places.release

    def take(self) -> None:
        """Take a place, which the caller has to release."""
        if not self._places.acquire(timeout=self._timeout()):
            raise ServiceUnavailable(
                "Too many whole lists are wanted at the moment. Ask for pages, or try again later.",
                retry_after=RETRY_SECONDS,
            )

    @contextmanager
    def place(self) -> Iterator[None]:
        """Hold a place within a `with` block."""
        self.take()
        try:
            yield
        finally:
            self.release()

    def _timeout(self) -> float:
        return self._seconds


class _MovingPlaces(_Places):
    """Places that are waited for only while they change hands."""

    def __init__(self, number: int, seconds: float) -> None:
        super().__init__(number, seconds)
        self._taken_at = time.monotonic()

    def take(self) -> None:
        super().take()
        self._taken_at = time.monotonic()

    def _timeout(self) -> float:
        return max(0.0, self._taken_at + self._seconds - time.monotonic())

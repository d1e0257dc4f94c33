"""A bound on whole lists, for they may take seconds each."""

import time
import weakref
from collections.abc import Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager
from threading import BoundedSemaphore

from werkzeug.exceptions import ServiceUnavailable

from constants import LOCK_SECONDS, RETRY_SECONDS

# Of one process at one time. Callers, readers and who is delayed (whole_list_delay.py) are
# fewer than its threads, so others are always served.
CALLERS = 20
READERS = 26
MAKERS = 2

# How long a caller or a reader waits for a place. They hold threads meanwhile, so nobody waits
# where none was taken for as long: those who have one are slow.
_PLACE_SECONDS = 0.2


class WholeLists:
    """Counts who wants a whole list, whose list is being made, and who reads one from a file.

    All methods raise ServiceUnavailable where there are too many. A maker waits `LOCK_SECONDS` for
    its turn, the others a moment: the lists of a small catalogue are done by then.
    """

    def __init__(
        self, callers: int = CALLERS, makers: int = MAKERS, readers: int = READERS
    ) -> None:
        self._callers = _MovingPlaces(callers, seconds=_PLACE_SECONDS)
        self._makers = _Places(makers, seconds=LOCK_SECONDS)
        self._readers = _MovingPlaces(readers, seconds=_PLACE_SECONDS)

    def calling(self) -> AbstractContextManager[None]:
        """Be a caller, who may share the list that another one makes."""
        return self._callers.place()

    def turn(self) -> AbstractContextManager[None]:
        """Make a list, when it is this caller's turn."""
        return self._makers.place()

    def read(self, body: Iterable[bytes]) -> "ReadBody":
        """Return a body that takes a reader's place: a client may be slow, and holds a thread."""
        self._readers.take()
        return ReadBody(body, self._readers)


class ReadBody:
    """A body that a client reads; its place is free when it is closed, or gone."""

    def __init__(self, body: Iterable[bytes], places: "_Places") -> None:
        self._body = body
        self.close = weakref.finalize(self, places.release)

    def __iter__(self) -> Iterator[bytes]:
        return iter(self._body)


class _Places:
    """Places for a number of threads; others wait up to `seconds` for one."""

    def __init__(self, number: int, seconds: float) -> None:
        self._places = BoundedSemaphore(number)
        self._seconds = seconds
        self.release = self._places.release

    def take(self) -> None:
        """Take a place; it is to be released."""
        if not self._places.acquire(timeout=self._timeout()):
            raise ServiceUnavailable(
                "Too many whole lists are wanted at the moment. Ask for pages, or try again later.",
                retry_after=RETRY_SECONDS,
            )

    @contextmanager
    def place(self) -> Iterator[None]:
        """Have a place for a while."""
        self.take()
        try:
            yield
        finally:
            self.release()

    def _timeout(self) -> float:
        return self._seconds


class _MovingPlaces(_Places):
    """Places that nobody waits for where none was taken for as long as they would wait."""

    def __init__(self, number: int, seconds: float) -> None:
        super().__init__(number, seconds)
        self._taken_at = time.monotonic()

    def take(self) -> None:
        super().take()
        self._taken_at = time.monotonic()

    def _timeout(self) -> float:
        return max(0.0, self._taken_at + self._seconds - time.monotonic())

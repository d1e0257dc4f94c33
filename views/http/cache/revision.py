"""The current revision of the catalogue. Cached responses of other revisions are outdated."""

from collections.abc import Callable
from threading import Lock
from time import monotonic

REVISION_SECONDS = 1.0


class CatalogueRevision:
    """Reads the revision at most once in `seconds`, and remembers the number or the error.

    After an error one caller tries again, and concurrent callers get the known error at once. So an
    unresponsive database delays one request and not all of them.
    """

    def __init__(self, read: Callable[[], int], seconds: float = REVISION_SECONDS) -> None:
        self.seconds = seconds
        self._read = read
        self._lock = Lock()
        self._ends = 0.0
        self._number = 0
        self._error: Exception | None = None

    def __call__(self) -> int:
        """Return the revision. Raises what reading it raised."""
        if self._error is None and monotonic() < self._ends:
            return self._number  # The usual case needs no lock.
        if (known := self._error) is None:
            self._lock.acquire()
        elif not self._lock.acquire(blocking=False):
            raise known
        try:
            self._read_again()
            if self._error is not None:
                raise self._error
            return self._number
        finally:
            self._lock.release()

    def forget(self) -> None:
        """Read the revision again for the next caller: the database may have been replaced."""
        with self._lock:  # Waits for a caller that is still reading the old revision.
            self._ends = 0.0

    def _read_again(self) -> None:
        now = monotonic()
        if now < self._ends:
            return
        try:
            self._number, self._error = self._read(), None
        except Exception as error:  # Every caller gets it; Flask's handlers map it to HTTP.
            self._error, now = error, monotonic()
        self._ends = now + self.seconds

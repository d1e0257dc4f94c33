"""A bound on whole lists, which may take seconds each and are anybody's to request."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from threading import BoundedSemaphore

from werkzeug.exceptions import ServiceUnavailable

from constants import LOCK_SECONDS, RETRY_SECONDS

# Of one process at one time. They are fewer than its threads, so others are always served.
CALLERS = 40
MAKERS = 2


class WholeLists:
    """Counts the callers who want a whole list, and those of them whose list is being made.

    Both methods raise ServiceUnavailable where there are too many: of callers at once, of makers
    after `LOCK_SECONDS`.
    """

    def __init__(self, callers: int = CALLERS, makers: int = MAKERS) -> None:
        self._callers = BoundedSemaphore(callers)
        self._makers = BoundedSemaphore(makers)

    @contextmanager
    def calling(self) -> Iterator[None]:
        """Be a caller, who may share the list that another one makes."""
        if not self._callers.acquire(blocking=False):
            raise _busy()
        try:
            yield
        finally:
            self._callers.release()

    @contextmanager
    def turn(self) -> Iterator[None]:
        """Make a list, when it is this caller's turn."""
        if not self._makers.acquire(timeout=LOCK_SECONDS):
            raise _busy()
        try:
            yield
        finally:
            self._makers.release()


def _busy() -> ServiceUnavailable:
    return ServiceUnavailable(
        "Too many whole lists are wanted at the moment. Ask for pages, or try again later.",
        retry_after=RETRY_SECONDS,
    )

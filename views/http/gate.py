"""The gate of the laboratory: no request runs while its database is replaced."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from threading import Condition

from werkzeug.exceptions import ServiceUnavailable

from constants import RETRY_SECONDS

# How many requests may wait at a time. The laboratory's server has as many extra threads.
WAITING = 64

# The longest request takes six seconds.
_CLOSED_SECONDS = 8


class Gate:
    """Lets requests in. While it is closed no request is inside, and none gets in.

    A request belongs to the world, that is the database, which existed when it arrived. If that
    world is replaced before the request gets in, the request is refused with ServiceUnavailable.
    The functions of `forget` are called after a replacement, to drop what was remembered.
    """

    def __init__(self, forget: Sequence[Callable[[], None]] = (), waiting: int = WAITING) -> None:
        self._forget = forget
        self._changed = Condition()
        self._may_wait = waiting
        self._inside = 0
        self._is_closed = False
        self.world = 0

    def wait(self, seconds: float, world: int) -> bool:
        """Delay a request of this world, and return whether it was delayed.

        It is not delayed while too many others wait. Raises ServiceUnavailable if the world is
        replaced meanwhile.
        """
        with self._changed:
            if not self._may_wait:
                return False
            self._may_wait -= 1
            self._changed.wait_for(lambda: self.world != world, seconds)
            self._may_wait += 1
            self._check(world)
        return True

    @contextmanager
    def entered(self, world: int) -> Iterator[None]:
        """Let a request of this world in as soon as the gate is open."""
        with self._changed:
            self._wait_for(lambda: not self._is_closed)
            self._check(world)
            self._inside += 1
        try:
            yield
        finally:
            with self._changed:
                self._inside -= 1
                self._changed.notify_all()

    @contextmanager
    def closed(self, replaced: bool) -> Iterator[None]:
        """Close the gate once all requests are out; `replaced` means that a new world follows."""
        with self._changed:
            self._wait_for(lambda: not self._is_closed)
            self._is_closed = True
        try:
            with self._changed:
                self._wait_for(lambda: not self._inside)
            yield
            if replaced:
                self._replace()
        finally:
            with self._changed:
                self._is_closed = False
                self._changed.notify_all()

    def _replace(self) -> None:
        for forget in self._forget:
            forget()
        self.world += 1

    def _wait_for(self, condition: Callable[[], bool]) -> None:
        if not self._changed.wait_for(condition, _CLOSED_SECONDS):
            raise ServiceUnavailable("The laboratory is busy.", retry_after=RETRY_SECONDS)

    def _check(self, world: int) -> None:
        if world != self.world:
            raise ServiceUnavailable(
                "The laboratory was reset while this request waited.", retry_after=RETRY_SECONDS
            )

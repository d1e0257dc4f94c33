"""Connections to PostgreSQL that do not wait for ever.

A server that is stopped in the middle of its work, or behind a network that swallows packets,
neither answers nor refuses. Its own timeouts do not help, since it is the server that keeps them;
nor do those of TCP, since its kernel goes on acknowledging.
"""

from __future__ import annotations

from threading import Lock
from typing import Any, ClassVar, Self

import psycopg
from psycopg.errors import _WaitTimeout  # Named in the documentation of `Connection.wait`.

# A little longer than the server's own timeouts, so that its reason is the one that is told.
PATIENCE_SECONDS = 4.5

# For one that was not in use and is asked for a sign of life.
IDLE_PATIENCE_SECONDS = 1.0


class PatientConnection(psycopg.Connection[Any]):
    """Waits so many seconds for each answer of the server; `patience` is None for no bound.

    When they are over the connection is closed and OperationalError raised: what the server has
    done meanwhile is not known, as when the connection breaks.

    While no connection can be made, one thread at a time tries, and the others are told at once:
    if all of them tried, all threads of this process would soon be waiting.
    """

    patience: float | None = PATIENCE_SECONDS
    _none_can_be_made: ClassVar[bool] = False
    _trial: ClassVar[Lock] = Lock()

    @classmethod
    def connect(cls, *args: Any, **kwargs: Any) -> Self:
        if not cls._none_can_be_made:
            return cls._try_to_connect(*args, **kwargs)
        if not cls._trial.acquire(blocking=False):
            raise psycopg.OperationalError("the server did not answer a moment ago")
        try:
            return cls._try_to_connect(*args, **kwargs)
        finally:
            cls._trial.release()

    @classmethod
    def _try_to_connect(cls, *args: Any, **kwargs: Any) -> Self:
        try:
            connection = super().connect(*args, **kwargs)
        except psycopg.OperationalError:
            cls._none_can_be_made = True
            raise
        cls._none_can_be_made = False
        return connection

    def wait(self, gen: Any, interval: float = 0.1, timeout: float | None = None) -> Any:
        if timeout is not None:  # Psycopg's own, which it handles itself.
            return super().wait(gen, interval, timeout)
        try:
            return super().wait(gen, interval, self.patience)
        except _WaitTimeout:
            self.close()
            raise psycopg.OperationalError("the server does not answer") from None

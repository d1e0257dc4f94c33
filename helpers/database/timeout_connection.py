"""Connections to PostgreSQL that do not wait without a limit.

A server that is stopped in the middle of its work, or behind a network that swallows packets,
neither answers nor refuses. Its own timeouts do not help, since the server itself keeps them; nor
do those of TCP, since the server's kernel goes on acknowledging.
"""

from __future__ import annotations

from threading import Lock
from typing import Any, ClassVar, Self

import psycopg
from psycopg.errors import _WaitTimeout  # Named in the documentation of `Connection.wait`.

from constants import REPLY_SECONDS


class TimeoutConnection(psycopg.Connection[Any]):
    """Waits `timeout` seconds for each reply of the server, or without a limit if it is None.

    After the timeout the connection is closed and OperationalError is raised: nobody knows what the
    server has done meanwhile, as when a connection breaks.

    After a connection could not be made, one thread at a time tries again and the others get the
    error at once: if all of them tried, all threads of this process would soon be waiting.
    """

    timeout: float | None = REPLY_SECONDS
    _last_try_failed: ClassVar[bool] = False
    _retry: ClassVar[Lock] = Lock()

    @classmethod
    def connect(cls, *args: Any, **kwargs: Any) -> Self:
        is_retry = cls._last_try_failed
        if is_retry and not cls._retry.acquire(blocking=False):
            raise psycopg.OperationalError("the server did not answer a moment ago")
        try:
            connection = super().connect(*args, **kwargs)
        except psycopg.OperationalError:
            cls._last_try_failed = True
            raise
        else:
            cls._last_try_failed = False
            return connection
        finally:
            if is_retry:
                cls._retry.release()

    def wait(self, gen: Any, interval: float = 0.1, timeout: float | None = None) -> Any:
        if timeout is not None:  # Psycopg's own, which it handles itself.
            return super().wait(gen, interval, timeout)
        try:
            return super().wait(gen, interval, self.timeout)
        except _WaitTimeout:
            self.close()
            raise psycopg.OperationalError("the server does not answer") from None

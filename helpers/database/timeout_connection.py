"""Connections to PostgreSQL that do not wait without a limit.

A server that is stopped in the middle of its work, or behind a network that swallows packets,
neither answers nor refuses. Its own timeouts do not help, since the server itself keeps them; nor
do those of TCP, since the server's kernel goes on acknowledging.
"""

from typing import Any

import psycopg
from psycopg.errors import _WaitTimeout  # Named in the documentation of `Connection.wait`.

from constants import IDLE_REPLY_SECONDS, REPLY_SECONDS


class TimeoutConnection(psycopg.Connection[Any]):
    """Waits `timeout` seconds for each reply of the server, or without a limit if it is None.

    After the timeout the connection is closed and OperationalError is raised: nobody knows what the
    server has done meanwhile, as when a connection breaks.
    """

    timeout: float | None = REPLY_SECONDS

    def rollback(self) -> None:
        """Undo the transaction, or close the connection, which undoes it too.

        It never raises OperationalError: by then a response may be ready, or an error on its way.
        """
        usual, self.timeout = self.timeout, IDLE_REPLY_SECONDS  # The server has nothing to do.
        try:
            super().rollback()
        except psycopg.OperationalError:
            self.close()
        finally:
            self.timeout = usual

    def wait(self, gen: Any, interval: float = 0.1, timeout: float | None = None) -> Any:
        if timeout is not None:  # Psycopg's own, which it handles itself.
            return super().wait(gen, interval, timeout)
        try:
            return super().wait(gen, interval, self.timeout)
        except _WaitTimeout:
            self.close()
            raise psycopg.OperationalError("the server does not answer") from None

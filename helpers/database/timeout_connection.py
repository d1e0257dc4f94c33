"""Connections to PostgreSQL with a timeout for each reply.

A server process that is stopped, or behind a network that drops packets, neither answers nor
refuses. The server's own timeouts do not help then, nor do those of TCP, because the kernel of the
server goes on acknowledging.
"""

from typing import Any

import psycopg
from psycopg.errors import _WaitTimeout  # Named in the documentation of `Connection.wait`.

from constants import IDLE_REPLY_SECONDS, REPLY_SECONDS


class TimeoutConnection(psycopg.Connection[Any]):
    """Waits `timeout` seconds for each reply of the server, or without a limit if it is None.

    After the timeout the connection is closed and OperationalError is raised. As with a broken
    connection, it is unknown what the server has done.
    """

    timeout: float | None = REPLY_SECONDS

    def rollback(self) -> None:
        """Roll back, or close the connection, which rolls back as well.

        Never raises OperationalError, because a response or an error may be on its way already.
        """
        usual, self.timeout = self.timeout, IDLE_REPLY_SECONDS  # A rollback is quick.
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

"""Connections to PostgreSQL that do not wait for ever.

A server that is stopped in the middle of its work, or behind a network that swallows packets,
neither answers nor refuses. Its own timeouts do not help, since it is the server that keeps them;
nor do those of TCP, since its kernel goes on acknowledging.
"""

from __future__ import annotations

from typing import Any

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
    """

    patience: float | None = PATIENCE_SECONDS

    def wait(self, gen: Any, interval: float = 0.1, timeout: float | None = None) -> Any:
        if timeout is not None:  # Psycopg's own, which it handles itself.
            return super().wait(gen, interval, timeout)
        try:
            return super().wait(gen, interval, self.patience)
        except _WaitTimeout:
            self.close()
            raise psycopg.OperationalError("the server does not answer") from None

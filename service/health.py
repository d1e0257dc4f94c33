"""Whether requests can be served."""

from __future__ import annotations

from concurrent.futures import Future
from threading import Lock, Thread

from constants import READY_SECONDS
from dao.health import HealthDAO


class HealthService:
    """Asks the database in a thread of its own, so that the answer is in time whatever hangs.

    There is one such thread at most: who asks while it waits is told what it will be told.
    """

    def __init__(self, database: HealthDAO, patience: float = READY_SECONDS) -> None:
        self._database = database
        self._patience = patience
        self._lock = Lock()
        self._asked: Future[bool] | None = None

    def is_ready(self) -> bool:
        """Return whether the database has answered within the patience, in seconds."""
        with self._lock:
            if self._asked is None or self._asked.done():
                self._asked = Future()
                Thread(target=self._ask, args=[self._asked], daemon=True).start()
            asked = self._asked
        try:
            return asked.result(self._patience)
        except TimeoutError:
            return False

    def _ask(self, asked: Future[bool]) -> None:
        try:
            asked.set_result(self._database.answers())
        except Exception as error:  # Raised again where the result is waited for.
            asked.set_exception(error)

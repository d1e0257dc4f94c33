"""The readiness to serve requests."""

from concurrent.futures import Future
from threading import Lock, Thread

from constants import READY_SECONDS
from dao.catalogue import CatalogueStateDAO


class HealthService:
    """Checks the database in a separate thread, so that a hanging check does not block requests.

    The check is a single flight: concurrent callers share the pending result.
    """

    def __init__(self, database: CatalogueStateDAO, timeout: float = READY_SECONDS) -> None:
        self._database = database
        self._timeout = timeout
        self._lock = Lock()
        self._flight: Future[bool] | None = None

    def is_ready(self) -> bool:
        """Return whether the database responds within the timeout, in seconds."""
        with self._lock:
            if self._flight is None or self._flight.done():
                self._flight = Future()
                Thread(target=self._check, args=[self._flight], daemon=True).start()
            flight = self._flight
        try:
            return flight.result(self._timeout)
        except TimeoutError:
            return False

    def _check(self, flight: Future[bool]) -> None:
        try:
            flight.set_result(self._database.responds())
        except Exception as error:  # `result` raises it in the waiting threads.
            flight.set_exception(error)

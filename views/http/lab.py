"""Delays and failures of the laboratory, requested by the client or injected by chance."""

from collections.abc import Callable, Iterable
from contextlib import ExitStack
from functools import partial
from hashlib import blake2b
from threading import Lock
from typing import Any

from cachetools import LRUCache
from werkzeug.exceptions import HTTPException, ServiceUnavailable, default_exceptions

from constants import MAX_WAIT_MS, RETRY_SECONDS
from helpers.numbers import ascii_int
from service.errors import BadToken, ServiceError, TooManyAttempts
from views.http.environ import (
    FAILURE,
    IS_STRICT,
    Environ,
    Headers,
    StartResponse,
    WSGIApplication,
)
from views.http.gate import Gate
from views.http.preferences import preferences

# How many different requests are counted; the least recently made ones are forgotten first.
MAX_COUNTED = 10_000

_EXEMPT = ("/lab/", "/health/")

# By status. The API itself raises these three errors.
_FAILURES: dict[int, Callable[[], Exception]] = {
    **default_exceptions,
    401: partial(BadToken, "The token is not valid, or its session has ended."),
    429: partial(TooManyAttempts, RETRY_SECONDS),
    503: partial(ServiceUnavailable, retry_after=RETRY_SECONDS),
}
del _FAILURES[405]  # Its `Allow` header would list the refused method.


class FaultInjector:
    """Decides which requests fail, and how long they are delayed.

    The decision depends only on the seed, the request, and how often the request was made before.
    `delay_ms` is a range.
    """

    def __init__(self, seed: int, failure_percent: int, delay_ms: tuple[int, int]) -> None:
        self._seed = seed
        self._failures = failure_percent / 100
        self._delay_ms = delay_ms
        self._counts: LRUCache[bytes, int] = LRUCache(MAX_COUNTED)
        self._lock = Lock()

    def next(self, request: str) -> tuple[int, bool]:
        """Return the delay of a request in milliseconds, and whether it fails."""
        key = blake2b(f"{self._seed} {request}".encode(errors="backslashreplace")).digest()
        with self._lock:
            count = self._counts[key] = self._counts.get(key, 0) + 1
        drawn = blake2b(key + count.to_bytes(8), digest_size=8).digest()
        fails, delay = (int.from_bytes(part) / 2**32 for part in (drawn[:4], drawn[4:]))
        least, most = self._delay_ms
        return least + round(delay * (most - least)), fails < self._failures

    def forget(self) -> None:
        """Forget how often requests were made."""
        with self._lock:
            self._counts.clear()


class LabMiddleware:
    """Delays requests and makes them fail before they reach the application.

    `Prefer: wait-ms=…` and `Prefer: status=…` replace chance, and `Preference-Applied` reports what
    was done (RFC 7240). Flask writes the error response, like any other.
    """

    def __init__(self, app: WSGIApplication, faults: FaultInjector, gate: Gate) -> None:
        self._app = app
        self._faults = faults
        self._gate = gate

    def __call__(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        if environ["PATH_INFO"].startswith(_EXEMPT) or FAILURE in environ:
            return self._app(environ, start_response)
        applied: list[str] = []

        def start(status: str, headers: Headers, *error: Any) -> Any:
            applied_header = [("Preference-Applied", ", ".join(applied))] if applied else []
            return start_response(status, [*headers, *applied_header], *error)

        world = self._gate.world
        with ExitStack() as inside:
            try:
                self._disturb(environ, world, applied)
                inside.enter_context(self._gate.entered(world))
            except (HTTPException, ServiceError) as error:
                environ[FAILURE] = error
                environ.pop(IS_STRICT, None)  # The parameters are not examined.
            return self._app(environ, start)

    def _disturb(self, environ: Environ, world: int, applied: list[str]) -> None:
        """Delay a request, and raise the error if it has to fail."""
        preferred = preferences(environ)
        query = environ.get("QUERY_STRING", "")
        request = f"{environ['REQUEST_METHOD']} {environ['PATH_INFO']}?{query}"
        delay_ms, fails = self._faults.next(request)
        wait_ms = ascii_int(preferred.get("wait-ms"), MAX_WAIT_MS)
        has_waited = self._gate.wait((delay_ms if wait_ms is None else wait_ms) / 1000, world)
        if wait_ms is not None and has_waited:
            applied.append(f"wait-ms={wait_ms}")
        status = ascii_int(preferred.get("status"), 1_000)
        if failure := _FAILURES.get(status or 0):
            applied.append(f"status={status}")
            raise failure()
        if fails:
            raise ServiceUnavailable(
                "The laboratory lets this request fail. Try again.", retry_after=RETRY_SECONDS
            )

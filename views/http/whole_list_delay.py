"""Delays the list of all films for the course's front end (docs/decisions/0031)."""

import time
from collections.abc import Callable, Iterable
from threading import BoundedSemaphore
from urllib.parse import parse_qs

from views.http.environ import FAILURE, Environ, StartResponse, WSGIApplication

# How many requests of a process may be delayed at a time (see whole_lists.py).
DELAYED = 16


class WholeListDelayMiddleware:
    """Delays requests by scripts for the list of all films, cached responses and 304 included.

    The front end requests a film and all films at the same time, and shows a white page if the list
    arrives first, as it does without a preflight. At most `callers` requests wait at a time; more
    are not delayed.
    """

    def __init__(
        self,
        app: WSGIApplication,
        seconds: float,
        sleep: Callable[[float], None] = time.sleep,
        callers: int = DELAYED,
    ) -> None:
        self._app = app
        self._seconds = seconds
        self._sleep = sleep
        self._callers = BoundedSemaphore(callers)

    def __call__(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        if _is_whole_list_for_script(environ) and self._callers.acquire(blocking=False):
            try:
                self._sleep(self._seconds)
            finally:
                self._callers.release()
        return self._app(environ, start_response)


def _is_whole_list_for_script(environ: Environ) -> bool:
    """Return whether a script requests all films, filtered or not."""
    return (
        # Fetch Metadata. Browsers without it send at least an origin.
        (environ.get("HTTP_SEC_FETCH_MODE") == "cors" or "HTTP_ORIGIN" in environ)
        and FAILURE not in environ  # Its query string may be very long.
        and environ["REQUEST_METHOD"] == "GET"
        and environ["PATH_INFO"] in ("/movies", "/movies/")
        and "page" not in parse_qs(environ.get("QUERY_STRING", ""), keep_blank_values=True)
    )

"""A delay of the list of all films, for a front end that exists."""

import time
from collections.abc import Callable, Iterable
from threading import BoundedSemaphore
from urllib.parse import parse_qs

from views.http.environ import FAILURE, Environ, StartResponse, WSGIApplication

# Of one process at one time (whole_lists.py).
DELAYED = 16


class WholeListDelayMiddleware:
    """Lets scripts of pages wait for the list of all films, from the cache and with 304 too.

    The front end asks for a film and for all films at once, and shows nothing where the list comes
    first, which needs no preflight. At most `callers` wait at one time; whoever comes then is not
    delayed.
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
    """Return whether a page's script wants all films, filtered or not."""
    return (
        # Fetch Metadata; a browser without it sends at least an origin.
        (environ.get("HTTP_SEC_FETCH_MODE") == "cors" or "HTTP_ORIGIN" in environ)
        and FAILURE not in environ  # Its query may be as long as it likes.
        and environ["REQUEST_METHOD"] == "GET"
        and environ["PATH_INFO"] in ("/movies", "/movies/")
        and "page" not in parse_qs(environ.get("QUERY_STRING", ""), keep_blank_values=True)
    )

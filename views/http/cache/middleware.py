"""Conditional requests, and answers that are kept: a layer of WSGI in front of Flask.

What has been asked before is answered here, without Flask: several times as fast.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from threading import Lock
from time import monotonic
from typing import Any

from werkzeug.http import parse_etags

from views.http.cache.store import Answer, KeptAnswers

Environ = dict[str, Any]
Headers = list[tuple[str, str]]
WSGIApplication = Callable[[Environ, Any], Iterable[bytes]]

# In the environ of a request: the template of its path, which itself may hold anything and be long,
# and why the revision is not known.
ROUTE = "kinoteka.route"
FAILURE = "kinoteka.failure"

REVISION_SECONDS = 1.0

# What a 304 does not tell (RFC 9110, section 15.4.5): it has no body.
_OF_THE_BODY = {"content-type", "content-length"}


class Revision:
    """The revision of the catalogue, read at most once in so many seconds.

    Whether it was read or could not be, everybody who asks in the meantime is told the same; and
    once it could not be, they need not even wait for whoever tries again. So a database that does
    not answer holds up one request and not all of them.
    """

    def __init__(self, read: Callable[[], int], seconds: float = REVISION_SECONDS) -> None:
        self.seconds = seconds
        self._read = read
        self._lock = Lock()
        self._ends = 0.0
        self._number = 0
        self._error: Exception | None = None

    def __call__(self) -> int:
        """Return the revision. Raises what reading it raised."""
        if self._error is None and monotonic() < self._ends:
            return self._number  # Nearly always, and without the lock.
        if (known := self._error) is None:
            self._lock.acquire()
        elif not self._lock.acquire(blocking=False):
            raise known
        try:
            now = monotonic()
            if now >= self._ends:
                try:
                    self._number, self._error = self._read(), None
                except Exception as error:  # Whatever it is, Flask's handlers have the answer.
                    self._error, now = error, monotonic()
                self._ends = now + self.seconds
            if self._error is not None:
                raise self._error
            return self._number
        finally:
            self._lock.release()


class Answers:
    """Answers with what is kept, and with 304 where the client has the same already."""

    def __init__(self, app: WSGIApplication, kept: KeptAnswers, revision: Revision) -> None:
        self._app = app
        self._kept = kept
        self._revision = revision

    def __call__(self, environ: Environ, start_response: Any) -> Iterable[bytes]:
        if environ["REQUEST_METHOD"] not in ("GET", "HEAD"):
            return self._app(environ, start_response)
        answer = self._kept.spelled(address(environ))
        if answer is not None and self._is_current(answer, environ):
            environ[ROUTE] = answer.route
            return _kept_answer(answer, environ, start_response)
        return self._fresh_answer(environ, start_response)

    def _is_current(self, answer: Answer, environ: Environ) -> bool:
        try:
            return answer.revision == self._revision()
        except Exception as error:
            environ[FAILURE] = error  # Raised again where errors become answers.
            return False

    def _fresh_answer(self, environ: Environ, start_response: Any) -> Iterable[bytes]:
        started: list[Any] = []

        def start(status: str, headers: Headers, *error: Any) -> None:
            started[:] = status, headers, *error

        body = self._app(environ, start)
        status, headers, *error = started
        if status.startswith("200") and _is_known(headers, environ):
            if hasattr(body, "close"):
                body.close()
            return _not_modified(headers, start_response)
        start_response(status, headers, *error)
        return body


def address(environ: Environ) -> str:
    """Return what of a request's address decides its answer."""
    query = environ.get("QUERY_STRING", "")
    return f"{environ.get('SCRIPT_NAME', '')}{environ['PATH_INFO']}?{query}"


def _kept_answer(answer: Answer, environ: Environ, start_response: Any) -> Iterable[bytes]:
    if _is_known(answer.headers, environ):
        return _not_modified(answer.headers, start_response)
    start_response("200 OK", list(answer.headers))
    if environ["REQUEST_METHOD"] == "HEAD":
        return ()
    return (answer.body,) if isinstance(answer.body, bytes) else answer.body


def _is_known(headers: Headers, environ: Environ) -> bool:
    """Return whether the client has what the headers are those of (`If-None-Match`)."""
    known = environ.get("HTTP_IF_NONE_MATCH")
    tag = next((value for name, value in headers if name == "ETag"), None) if known else None
    if tag is None or tag == known:
        return tag is not None
    # Compared weakly (RFC 9110, section 13.1.2): a proxy that compresses weakens the tag.
    return parse_etags(known).contains_weak(tag.strip('"'))


def _not_modified(headers: Headers, start_response: Any) -> Iterable[bytes]:
    kept = [header for header in headers if header[0].lower() not in _OF_THE_BODY]
    start_response("304 Not Modified", kept)
    return ()

"""What every answer carries, put on in one place: a layer of WSGI around the application.

It stands outside of Flask, so that answers of the application, of its error handlers and of
anything that answers before either cannot differ. It is also cheap there: what depends on nothing
is put together once.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from random import getrandbits
from time import perf_counter
from typing import Any

from helpers import logs
from views.http.cache.middleware import ROUTE

Environ = dict[str, Any]
StartResponse = Callable[..., Any]
WSGIApplication = Callable[[Environ, StartResponse], Iterable[bytes]]

# Where the guard leaves, in the environ of a request, who is calling.
USER_ID = "kinoteka.user_id"

# Where a view leaves there that its requests are not worth a line of log.
UNLOGGED = "kinoteka.unlogged"

_POLICY = "Content-Security-Policy"
_HEADERS = [
    ("X-Content-Type-Options", "nosniff"),
    ("Referrer-Policy", "no-referrer"),
]
_STRICT_POLICY = (_POLICY, "default-src 'none'; frame-ancestors 'none'")

# What a page of another origin may read, besides the body.
_EXPOSED = "Link, X-Total-Count, ETag, Retry-After, Location, X-Request-ID, WWW-Authenticate"
_OPEN = [("Access-Control-Allow-Origin", "*"), ("Access-Control-Expose-Headers", _EXPOSED)]
_PREFLIGHT = [
    ("Access-Control-Allow-Methods", "GET, POST, PUT, PATCH, DELETE"),
    ("Access-Control-Allow-Headers", "Authorization, Content-Type, If-None-Match, X-Request-ID"),
    ("Access-Control-Max-Age", "86400"),
]

_REQUEST_ID = re.compile(r"[A-Za-z0-9-]{1,64}")


class Envelope:
    """Adds request id, security headers and CORS (Fetch Standard, "CORS protocol") to every answer.

    It also writes a line of log, with the time until the body begins.

    `origins` may read the answers from a browser; "*" stands for all of them. Credentials are
    never allowed: tokens travel in a header of their own.
    """

    def __init__(self, app: WSGIApplication, origins: Sequence[str]) -> None:
        self._app = app
        self._origins = frozenset(origins)
        self._is_open = "*" in self._origins

    def __call__(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        began = perf_counter()
        request_id = _request_id(environ.get("HTTP_X_REQUEST_ID"))
        logs.request_id.set(request_id)
        logs.client_ip.set(environ.get("REMOTE_ADDR"))
        carried = [*_HEADERS, ("X-Request-ID", request_id), *self._cors(environ)]
        answer: dict[str, object] = {}

        def start(status: str, headers: list[tuple[str, str]], *error: Any) -> Any:
            answer.update(status=int(status[:3]), route=environ.get(ROUTE))
            policy = [] if _POLICY in dict(headers) else [_STRICT_POLICY]
            return start_response(status, [*headers, *carried, *policy], *error)

        if _is_preflight(environ):
            start("204 No Content", list(_PREFLIGHT))
            body: Iterable[bytes] = []
        else:
            body = self._app(environ, start)
        if UNLOGGED not in environ:
            logs.write(
                "request",
                method=environ["REQUEST_METHOD"][:16],
                **answer,
                milliseconds=round((perf_counter() - began) * 1000, 2),
                user_id=environ.get(USER_ID),
            )
        return body

    def _cors(self, environ: Environ) -> list[tuple[str, str]]:
        if self._is_open:
            return _OPEN
        origin = environ.get("HTTP_ORIGIN", "")
        if origin not in self._origins:
            return [("Vary", "Origin")]
        return [
            ("Vary", "Origin"),
            ("Access-Control-Allow-Origin", origin),
            ("Access-Control-Expose-Headers", _EXPOSED),
        ]


def _request_id(sent: str | None) -> str:
    # A client's own goes into headers and logs, so it has to be harmless there.
    if sent is not None and _REQUEST_ID.fullmatch(sent):
        return sent
    # A name and no secret. Asking the system for random numbers would pass the interpreter on to
    # another thread, which costs more than all else here.
    return f"{getrandbits(64):016x}"


def _is_preflight(environ: Environ) -> bool:
    return (
        environ["REQUEST_METHOD"] == "OPTIONS"
        and "HTTP_ORIGIN" in environ
        and "HTTP_ACCESS_CONTROL_REQUEST_METHOD" in environ
    )

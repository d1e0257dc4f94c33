"""WSGI middleware around the application that adds what every response carries.

It runs outside of Flask, so responses of views, error handlers and the response cache cannot
differ. It is also cheap there: headers that do not depend on the request are built once.
"""

import re
from collections.abc import Iterable, Sequence
from random import getrandbits
from time import perf_counter
from typing import Any

from flask import request
from werkzeug.exceptions import RequestURITooLarge

from constants import MAX_QUERY_BYTES
from helpers import logs
from views.http.cors import (
    ANY_ORIGIN,
    is_preflight,
    origin_headers,
    preflight_headers,
    varying_with_origin,
)
from views.http.environ import (
    FAILURE,
    IS_CACHED,
    IS_STRICT,
    ROUTE,
    UNLOGGED,
    UNREAD_BODY,
    USER_ID,
    Environ,
    Headers,
    StartResponse,
    WSGIApplication,
)
from views.http.metrics import Metrics
from views.http.preferences import is_strict, refuse_unknown_parameters
from views.http.request_body import receive_body
from views.http.trace_context import trace_id

_POLICY = "Content-Security-Policy"
_SECURITY_HEADERS = [
    ("X-Content-Type-Options", "nosniff"),
    ("Referrer-Policy", "no-referrer"),
]
_STRICT_POLICY = (_POLICY, "default-src 'none'; frame-ancestors 'none'")
_CHUNKED = "HTTP_TRANSFER_ENCODING"
_APPLIED = [("Preference-Applied", "handling=strict")]

# Header values are cut at this length. No meaningful value is longer.
_HEADER_LENGTH = 4096
_READ_HEADERS = (
    "CONTENT_TYPE",
    "HTTP_ACCEPT",
    "HTTP_ACCEPT_ENCODING",
    "HTTP_ACCEPT_LANGUAGE",
    "HTTP_AUTHORIZATION",
    "HTTP_IF_NONE_MATCH",
    "HTTP_ORIGIN",
    "HTTP_PREFER",
    "HTTP_X_REQUEST_ID",
)

_REQUEST_ID = re.compile(r"[A-Za-z0-9-]{1,64}")


class RequestMiddleware:
    """Adds the request id, security headers and CORS (Fetch Standard, "CORS protocol").

    It bounds the headers and the query string, receives the body, and writes the access log with
    the time until the body of the response begins.

    `origins` may read responses in a browser; "*" means all of them. Credentials are never allowed,
    because tokens travel in a header of their own. `metrics`, if given, count each response.
    """

    def __init__(
        self, app: WSGIApplication, origins: Sequence[str], metrics: Metrics | None = None
    ) -> None:
        self._app = app
        self._metrics = metrics
        self._origins = frozenset(origins)
        self._allows_any_origin = "*" in self._origins

    def __call__(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        began = perf_counter()
        _bound(environ)
        if environ.get("CONTENT_LENGTH", "0") not in ("", "0") or _CHUNKED in environ:
            receive_body(environ)
        if "HTTP_PREFER" in environ and is_strict(environ):
            environ[IS_STRICT] = True
        request_id = _request_id(environ.get("HTTP_X_REQUEST_ID"))
        context: logs.Context = {"request_id": request_id, "ip": environ.get("REMOTE_ADDR")}
        if "HTTP_TRACEPARENT" in environ and (trace := trace_id(environ["HTTP_TRACEPARENT"])):
            context["trace_id"] = trace
        logs.context.set(context)
        cors = ANY_ORIGIN if self._allows_any_origin else origin_headers(environ, self._origins)
        added = [*_SECURITY_HEADERS, ("X-Request-ID", request_id), *cors]
        if UNREAD_BODY in environ:
            added.append(("Connection", "close"))
        outcome: dict[str, Any] = {}

        def start(status: str, headers: Headers, *error: Any) -> Any:
            outcome.update(status=int(status[:3]), route=environ.get(ROUTE))
            policy = [] if _POLICY in dict(headers) else [_STRICT_POLICY]
            applied = _APPLIED if IS_STRICT in environ and ROUTE in environ else []
            if not self._allows_any_origin:
                headers = varying_with_origin(headers)
            return start_response(status, [*headers, *added, *policy, *applied], *error)

        is_options = environ["REQUEST_METHOD"] == "OPTIONS" and FAILURE not in environ
        if is_options and is_preflight(environ):
            start("204 No Content", preflight_headers(environ))
            body: Iterable[bytes] = []
        else:
            body = self._app(environ, start)
        seconds, method = perf_counter() - began, environ["REQUEST_METHOD"][:16]
        if self._metrics is not None:
            self._metrics.observe(
                method, outcome["route"], outcome["status"], environ.get(IS_CACHED), seconds
            )
        if UNLOGGED not in environ:
            logs.write(
                "request",
                method=method,
                **outcome,
                milliseconds=round(seconds * 1000, 2),
                user_id=environ.get(USER_ID),
            )
        return body


class FinalSlashMiddleware:
    """Adds a missing final slash to the path, unless the path ends in a file name.

    Several leading slashes become one, as they do for Werkzeug: a link that begins with two would
    lead to another host, and each number of slashes would be a URL of its own in the cache.

    All routes end in a slash. With `strict_slashes` off instead, Werkzeug forgets the methods of
    the shorter form: it answers 404 instead of 405, and OPTIONS without `Allow`.
    """

    def __init__(self, app: WSGIApplication) -> None:
        self._app = app

    def __call__(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        path = environ.get("PATH_INFO", "")
        if path.startswith("//"):
            environ["PATH_INFO"] = f"/{path.lstrip('/')}"
        _, _, name = path.rpartition("/")
        if name and "." not in name:
            environ["PATH_INFO"] += "/"
        return self._app(environ, start_response)


def before_request() -> None:
    """Continue the middleware's work inside Flask: note the route, raise the pending error."""
    environ, rule = request.environ, request.url_rule
    if rule:
        environ[ROUTE] = rule.rule
    if FAILURE in environ:
        raise environ[FAILURE]
    if IS_STRICT in environ and rule:
        refuse_unknown_parameters()


def _bound(environ: Environ) -> None:
    """Cut header values that are too long, and refuse a query string that is: 414."""
    for name in _READ_HEADERS:
        if len(value := environ.get(name, "")) > _HEADER_LENGTH:
            environ[name] = value[:_HEADER_LENGTH]
    if len(environ.get("QUERY_STRING", "")) > MAX_QUERY_BYTES:
        environ[FAILURE] = RequestURITooLarge(
            f"A query string has at most {MAX_QUERY_BYTES:,} bytes."
        )


def _request_id(sent: str | None) -> str:
    # A client's own id goes into headers and logs, so it has to be harmless there.
    if sent is not None and _REQUEST_ID.fullmatch(sent):
        return sent
    # The id is no secret. The system's random numbers would cost more than everything else here,
    # because the call releases the interpreter to another thread.
    return f"{getrandbits(64):016x}"

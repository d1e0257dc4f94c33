"""WSGI middleware in front of Flask that answers from the cache, and conditional requests."""

from collections.abc import Callable, Iterable
from hashlib import blake2b
from typing import Any

from werkzeug.exceptions import ServiceUnavailable
from werkzeug.http import parse_etags

from views.http.cache.compression import accepts_gzip, other_tag
from views.http.cache.revision import CatalogueRevision
from views.http.cache.spooled import DIGEST_BYTES
from views.http.cache.store import CachedResponse, ResponseCache, Url
from views.http.environ import (
    FAILURE,
    IS_CACHED,
    ROUTE,
    Environ,
    Headers,
    StartResponse,
    WSGIApplication,
)

# A 304 has no body, so it leaves out the headers about it (RFC 9110, section 15.4.5).
_OF_THE_BODY = {"content-type", "content-encoding", "content-length"}


class CacheMiddleware:
    """Serves cached responses, and 304 when the client already has the current one.

    `read` wraps a body that is read from a file. It may raise ServiceUnavailable.
    """

    def __init__(
        self,
        app: WSGIApplication,
        cache: ResponseCache,
        revision: CatalogueRevision,
        read: Callable[[Iterable[bytes]], Iterable[bytes]],
    ) -> None:
        self._app = app
        self._cache = cache
        self._revision = revision
        self._read = read

    def __call__(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        if environ["REQUEST_METHOD"] not in ("GET", "HEAD") or FAILURE in environ:
            return self._app(environ, start_response)
        response = self._cache.lookup(url_of(environ))
        if response is not None and self._is_current(response, environ):
            environ[ROUTE] = response.route
            environ[IS_CACHED] = True
            try:
                return self._send(response, environ, start_response)
            except ServiceUnavailable as error:
                environ[FAILURE] = error
        return self._call_application(environ, start_response)

    def _is_current(self, response: CachedResponse, environ: Environ) -> bool:
        try:
            return response.revision == self._revision()
        except Exception as error:
            environ[FAILURE] = error
            return False

    def _send(
        self, response: CachedResponse, environ: Environ, start_response: StartResponse
    ) -> Iterable[bytes]:
        if known := _matching_tag(response.headers, environ):
            return _not_modified(response.headers, known, start_response)
        body: Iterable[bytes] = ()
        if environ["REQUEST_METHOD"] != "HEAD":
            whole = response.body
            body = (whole,) if isinstance(whole, bytes) else self._read(whole)
        start_response("200 OK", list(response.headers))
        return body

    def _call_application(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        started: list[Any] = []

        def start(status: str, headers: Headers, *error: Any) -> None:
            started[:] = status, headers, *error

        body = self._app(environ, start)
        status, headers, *error = started
        if status.startswith("200") and (known := _matching_tag(headers, environ)):
            if hasattr(body, "close"):
                body.close()
            return _not_modified(headers, known, start_response)
        start_response(status, headers, *error)
        return body


def entity_tag(body: bytes) -> str:
    """Return the strong entity tag of a body (RFC 9110, section 8.8.3).

    It is a digest, so all processes give a body the same tag, also after a restart.
    """
    return f'"{blake2b(body, digest_size=DIGEST_BYTES).hexdigest()}"'


def url_of(environ: Environ) -> Url:
    """Return the parts of a request that select its response.

    They are not joined into one string, because a decoded path may contain a question mark.
    """
    script, query = environ.get("SCRIPT_NAME", ""), environ.get("QUERY_STRING", "")
    return Url(script, environ["PATH_INFO"], query, accepts_gzip(environ))


def _matching_tag(headers: Headers, environ: Environ) -> str | None:
    """Return the entity tag of this response that `If-None-Match` lists, or None.

    It may be the tag of the other variant: the client then keeps the variant that it has.
    """
    known = environ.get("HTTP_IF_NONE_MATCH")
    tag = next((value for name, value in headers if name == "ETag"), None) if known else None
    if tag is None or tag == known:
        return tag
    # The comparison is weak (RFC 9110, section 13.1.2), since compressing proxies weaken tags.
    tags = parse_etags(known)
    return next((own for own in (tag, other_tag(tag)) if tags.contains_weak(own.strip('"'))), None)


def _not_modified(headers: Headers, tag: str, start_response: StartResponse) -> Iterable[bytes]:
    rest = [header for header in headers if header[0].lower() not in _OF_THE_BODY]
    with_tag = [(name, tag if name == "ETag" else value) for name, value in rest]
    start_response("304 Not Modified", with_tag)
    return ()

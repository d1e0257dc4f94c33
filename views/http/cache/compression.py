"""gzip (RFC 1952) for clients that accept it."""

import zlib
from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache
from typing import TypeVar

from werkzeug.http import parse_accept_header
from werkzeug.wrappers import Response

from views.http.cache.spooled import Body, spool
from views.http.cache.store import CachedResponse
from views.http.environ import Environ

ResponseT = TypeVar("ResponseT", bound=Response)

# A body that fits one packet does not arrive sooner when it is smaller.
MIN_BYTES = 1400

# Measured on 36,000 films: 0.23 of the bytes in 0.6 s. Level 1: 0.33 in 0.16 s. Level 5: 0.26.
_LEVEL = 6
_END = '-gzip"'  # of an entity tag
_GZIP = zlib.MAX_WBITS + 16  # zlib's documentation: + 16 selects the gzip format.


def accepts_gzip(environ: Environ) -> bool:
    """Return whether the client prefers gzip to a plain body (RFC 9110, section 12.5.3)."""
    return "HTTP_ACCEPT_ENCODING" in environ and _prefers_gzip(environ["HTTP_ACCEPT_ENCODING"])


@lru_cache(maxsize=256)
def _prefers_gzip(accepted: str) -> bool:
    codings = parse_accept_header(accepted)
    return codings.quality("gzip") > 0 and codings.quality("gzip") >= codings.quality("identity")


def compressed(response: CachedResponse) -> CachedResponse:
    """Return the response compressed. Raises OSError as `spool` does."""
    body, _ = spool(_deflated(response.body))
    changed = {"Content-Length": str(len(body)), "Content-Encoding": "gzip"}
    headers = dict(response.headers) | changed
    headers["ETag"] = other_tag(headers["ETag"])
    return replace(response, headers=list(headers.items()), body=body)


def other_tag(tag: str) -> str:
    """Return the entity tag of the other variant. Each variant has a strong tag of its own."""
    return f'{tag[: -len(_END)]}"' if tag.endswith(_END) else f"{tag[:-1]}{_END}"


def compress_document(response: ResponseT, environ: Environ) -> ResponseT:
    """Compress a document that has an entity tag, if the client accepts it."""
    response.vary.add("Accept-Encoding")
    if accepts_gzip(environ):
        response.set_data(_gzip(response.get_data()))
        response.headers["Content-Encoding"] = "gzip"
        response.headers["ETag"] = other_tag(response.headers["ETag"])
    return response


@lru_cache(maxsize=64)
def _gzip(body: bytes) -> bytes:
    return b"".join(_deflated(body))


def _deflated(body: Body) -> Iterator[bytes]:
    compressor = zlib.compressobj(_LEVEL, wbits=_GZIP)
    yield from map(compressor.compress, (body,) if isinstance(body, bytes) else body)
    yield compressor.flush()

"""Rib: the response cache and conditional requests.

It serves a URL that was requested before, or a 304, without calling Flask. You can ignore it:
without it every response is the same, only slower. Cached pages are served at about twice the
requests a second of a bare Flask view, and a whole list is made once for each revision of the
catalogue, whatever its size (docs/performance.md).
"""

from views.http.cache.compression import MIN_BYTES, compress_document, compressed
from views.http.cache.middleware import CacheMiddleware, entity_tag, url_of
from views.http.cache.revision import CatalogueRevision
from views.http.cache.spooled import spool
from views.http.cache.store import CachedResponse, ResponseCache

__all__ = [
    "MIN_BYTES",
    "CacheMiddleware",
    "CachedResponse",
    "CatalogueRevision",
    "ResponseCache",
    "compress_document",
    "compressed",
    "entity_tag",
    "spool",
    "url_of",
]

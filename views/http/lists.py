"""Responses with lists: a JSON array, paging headers, and the cache."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import nullcontext
from itertools import islice
from operator import itemgetter
from typing import Any
from urllib.parse import quote, urlencode

import orjson
from flask import Response, current_app, request
from marshmallow import Schema

from helpers.pages import Page
from views.http.cache import (
    MIN_BYTES,
    CachedResponse,
    CatalogueRevision,
    ResponseCache,
    compressed,
    entity_tag,
    spool,
    url_of,
)
from views.http.environ import IS_CACHED, PARAMETERS, ROUTE, Environ
from views.http.row_serializer import Row, row_serializer
from views.http.whole_lists import WholeLists

# How many objects of a whole list are in memory at a time.
_BATCH = 500

# The items of a list: objects of a schema, or the numbers of a single column.
ItemSchema = Schema | type[int]
Find = Callable[[], Page]


def respond_with_list(
    find: Find, query: Mapping[str, Any], schema: ItemSchema, cache_control: str | None
) -> Response:
    """Return the response to a query: the page that `find` returns, or the whole list.

    With `cache_control` the list is public, and cached. Raises ServiceUnavailable when too many
    clients request or read whole lists.
    """
    if "page" not in query:
        response = _whole_list(find, query, schema, cache_control)
    elif cache_control is None:
        response = list_response(find(), schema)
    else:
        response = _public_page(find(), schema, cache_control)
    body: Any = response.body
    if not isinstance(body, bytes):
        body = _bound().read(body)
    # Sends the body block by block.
    return Response(body, headers=response.headers, direct_passthrough=True)


def list_response(
    page: Page, schema: ItemSchema, cache_control: str | None = None
) -> CachedResponse:
    """Serialize all rows into a response.

    With `cache_control`, the value of that header, the response gets an entity tag as well.
    """
    environ = request.environ
    serialize: Callable[[Row], Any] = itemgetter(0)
    if isinstance(schema, Schema):
        serialize = row_serializer(schema, page.columns, request.script_root)
    objects = map(serialize, page.rows)
    if page.number is None:
        body, tag = spool(_json_array(objects))
    else:
        body = orjson.dumps(list(objects))
        tag = entity_tag(body) if cache_control else ""
    headers = [
        ("Content-Type", "application/json"),
        ("Content-Length", str(len(body))),
        ("X-Total-Count", str(page.total)),
    ]
    if page.number is not None:
        links = _neighbors(page.number, page.size, page.total)
        headers.append(("Link", _links(environ, links)))
    if cache_control is not None:
        headers += [("ETag", tag), ("Cache-Control", cache_control), ("Vary", "Accept-Encoding")]
    return CachedResponse(page.revision, headers, body, environ[ROUTE])


def _public_page(page: Page, schema: ItemSchema, cache_control: str) -> CachedResponse:
    def make() -> CachedResponse:
        return list_response(page, schema, cache_control)

    if page.revision is None:
        return make()
    return cached(request.environ[PARAMETERS], page.revision, make)


def _whole_list(
    find: Find, query: Mapping[str, Any], schema: ItemSchema, cache_control: str | None
) -> CachedResponse:
    bound = _bound()

    def make() -> CachedResponse:
        with bound.turn():
            return list_response(find(), schema, cache_control)

    with bound.calling():
        if cache_control is None:
            return make()
        # Making the list may take seconds. The revision is known before, so callers that wait for
        # a concurrent one hold no database connection.
        revision: CatalogueRevision = current_app.extensions["catalogue_revision"]
        return cached(query, revision(), make)


def _bound() -> WholeLists:
    bound: WholeLists = current_app.extensions["whole_lists"]
    return bound


def cached(
    query: Mapping[str, Any], revision: int, make: Callable[[], CachedResponse]
) -> CachedResponse:
    """Return the response to a query from the cache, or make it; compressed, if accepted."""
    request.environ[IS_CACHED] = False
    store: ResponseCache = current_app.extensions["response_cache"]
    parameters, url = request.environ[PARAMETERS], url_of(request.environ)
    # With parameters that the route ignores, one response would have countless URLs.
    is_complete = len(parameters) == (url.query.count("&") + 1 if url.query else 0)
    remembered = url if is_complete else None
    key = f"{url.script}{url.path}?{sorted(query.items())}"
    response = store.get_or_make(key, remembered, revision, make)
    if response.revision is None or not url.accepts_gzip or len(response.body) < MIN_BYTES:
        return response

    def compress() -> CachedResponse:
        with nullcontext() if isinstance(response.body, bytes) else _bound().turn():
            return compressed(response)

    return store.get_or_make(f"{key} gzip", remembered, response.revision, compress)


def _json_array(objects: Iterable[Any]) -> Iterator[bytes]:
    iterator = iter(objects)
    bracket_or_comma = b"["
    while batch := list(islice(iterator, _BATCH)):
        yield bracket_or_comma + orjson.dumps(batch)[1:-1]
        bracket_or_comma = b","
    yield b"]" if bracket_or_comma == b"," else b"[]"


def _neighbors(number: int, size: int, total: int) -> dict[str, int]:
    """Return page numbers by link relation (RFC 8288): first, prev, next, last.

    An empty list has one page. Past the end, `prev` is the last page.
    """
    last = max(1, -(-total // size))
    numbers = {"first": 1, "last": last}
    if number > 1:
        numbers["prev"] = min(number - 1, last)
    if number < last:
        numbers["next"] = number + 1
    return numbers


def _links(environ: Environ, neighbors: Mapping[str, int]) -> str:
    path = quote((environ["SCRIPT_NAME"] + environ["PATH_INFO"]).encode("latin-1"))
    others = {name: text for name, text in environ[PARAMETERS].items() if name != "page"}
    more = f"&{urlencode(others)}" if others else ""
    links = (f'<{path}?page={page}{more}>; rel="{name}"' for name, page in neighbors.items())
    return ", ".join(links)

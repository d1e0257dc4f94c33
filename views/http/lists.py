"""Lists as responses: a JSON array, headers that tell of the rest of the list, and the cache."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache
from itertools import islice
from operator import itemgetter
from typing import Any
from urllib.parse import quote, urlencode

import orjson
from flask import Response, current_app, request
from marshmallow import Schema, fields

from helpers.pages import Page
from views.http.cache import (
    CachedResponse,
    CatalogueRevision,
    ResponseCache,
    entity_tag,
    quoted,
    spool,
    url_of,
)
from views.http.environ import PARAMETERS, ROUTE
from views.http.whole_lists import WholeLists

# How many objects of a whole list are in memory at once.
_BATCH = 500

# What databases and JSON write alike. A field of another kind would need its serialization.
_PLAIN = (fields.Boolean, fields.Float, fields.Integer, fields.String)

Row = Sequence[Any]
RowSerializer = Callable[[Row], dict[str, Any]]
Find = Callable[[], Page]


def list_response(page: Page, schema: Schema, cache_control: str | None = None) -> CachedResponse:
    """Serialize all rows, and return the response that has them.

    With `cache_control`, the value of that header, it gets an entity tag, too.
    """
    objects = map(row_serializer(schema, page.columns), page.rows)
    if page.number is None:
        body, digest = spool(_json_array(objects))
        tag = quoted(digest)
    else:
        body = orjson.dumps(list(objects))
        tag = entity_tag(body)
    headers = [
        ("Content-Type", "application/json"),
        ("Content-Length", str(len(body))),
        ("X-Total-Count", str(page.total)),
    ]
    if page.number is not None:
        headers.append(("Link", _links(_neighbors(page.number, page.size, page.total))))
    if cache_control is not None:
        headers += [("ETag", tag), ("Cache-Control", cache_control)]
    return CachedResponse(page.revision, headers, body, request.environ[ROUTE])


def public_list_response(
    find: Find, query: Mapping[str, Any], schema: Schema, cache_control: str
) -> CachedResponse:
    """Return the cached response to a query, or make and cache it.

    Raises ServiceUnavailable where too many callers want a whole list.
    """
    store: ResponseCache = current_app.extensions["response_cache"]
    given: Mapping[str, str] = request.environ[PARAMETERS]
    path = request.script_root + request.path
    is_complete = len(given) == sum(1 for _ in request.args.items(multi=True))
    # With parameters that the route ignores, one response would have any number of URLs.
    url = url_of(request.environ) if is_complete else None
    if "page" in query:
        page = find()
        if page.revision is None:
            return list_response(page, schema, cache_control)
        key = f"{path}?{urlencode(sorted(given.items()))}"
        return store.get_or_make(
            key, url, page.revision, lambda: list_response(page, schema, cache_control)
        )
    # A whole list may take seconds. Its revision is known without it, so that callers who wait
    # for a concurrent one hold no connection to the database.
    revision: CatalogueRevision = current_app.extensions["catalogue_revision"]
    key = f"{path}?{urlencode(sorted(query.items()))}"
    bound = _whole_lists()

    def make() -> CachedResponse:
        with bound.turn():
            return list_response(find(), schema, cache_control)

    with bound.calling():
        return store.get_or_make(key, url, revision(), make)


def private_list_response(find: Find, query: Mapping[str, Any], schema: Schema) -> CachedResponse:
    """Return a list of the caller's own. Raises ServiceUnavailable as a public one does."""
    if "page" in query:
        return list_response(find(), schema)
    bound = _whole_lists()
    with bound.calling(), bound.turn():
        return list_response(find(), schema)


def _whole_lists() -> WholeLists:
    bound: WholeLists = current_app.extensions["whole_lists"]
    return bound


def to_response(response: CachedResponse) -> Response:
    """Return Flask's response that is sent as it is, block by block.

    Raises ServiceUnavailable where too many clients read long ones.
    """
    body: Any = response.body
    if not isinstance(body, bytes):
        body = _whole_lists().read(body)
    return Response(body, headers=response.headers, direct_passthrough=True)


@cache
def row_serializer(schema: Schema, columns: tuple[str, ...]) -> RowSerializer:
    """Return what makes the object that the schema declares from a row with these columns.

    A nested field `genre` with a field `id` is read from the column `genre.id`. The result is that
    of `schema.dump`. Raises TypeError for a field that `dump` would have to serialize.
    """
    return _row_serializer(schema, {column: place for place, column in enumerate(columns)}, "")


def _row_serializer(schema: Schema, places: Mapping[str, int], prefix: str) -> RowSerializer:
    taken: dict[str, int] = {}
    nested: list[tuple[str, RowSerializer]] = []
    for name, field in schema.dump_fields.items():
        if isinstance(field, fields.Nested):
            taken[name] = 0  # Keeps its place among the names.
            nested.append((name, _row_serializer(field.schema, places, f"{prefix}{name}.")))
        elif type(field) in _PLAIN:
            taken[name] = places[prefix + name]
        else:
            raise TypeError(f"{prefix}{name} is not a plain field.")
    # One place more than there are names: of a single one, itemgetter would not make a tuple.
    names, take = tuple(taken), itemgetter(*taken.values(), 0)

    def serialize(row: Row) -> dict[str, Any]:
        made = dict(zip(names, take(row), strict=False))
        for name, serialize_nested in nested:
            made[name] = serialize_nested(row)
        return made

    return serialize


def _json_array(objects: Iterable[dict[str, Any]]) -> Iterator[bytes]:
    iterator = iter(objects)
    bracket_or_comma = b"["
    while batch := list(islice(iterator, _BATCH)):
        yield bracket_or_comma + orjson.dumps(batch)[1:-1]
        bracket_or_comma = b","
    yield b"]" if bracket_or_comma == b"," else b"[]"


def _neighbors(number: int, size: int, total: int) -> dict[str, int]:
    """Return page numbers by relation (RFC 8288): first, prev, next, last.

    An empty list has one page. Past the end, the page before is the last one.
    """
    last = max(1, -(-total // size))
    numbers = {"first": 1, "last": last}
    if number > 1:
        numbers["prev"] = min(number - 1, last)
    if number < last:
        numbers["next"] = number + 1
    return numbers


def _links(neighbors: Mapping[str, int]) -> str:
    path = quote(request.script_root + request.path)
    others = {name: text for name, text in request.environ[PARAMETERS].items() if name != "page"}
    more = f"&{urlencode(others)}" if others else ""
    links = (f'<{path}?page={page}{more}>; rel="{name}"' for name, page in neighbors.items())
    return ", ".join(links)

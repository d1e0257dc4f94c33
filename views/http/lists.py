"""Lists as answers: an array, what is known of the rest of it, and what is kept of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import nullcontext
from itertools import islice
from typing import Any, Protocol
from urllib.parse import quote, urlencode

import orjson
from flask import Response, current_app, request
from marshmallow import Schema

from views.http.cache.middleware import ROUTE, address
from views.http.cache.spooled import spool
from views.http.cache.store import Answer, KeptAnswers
from views.http.row_serializer import shaper

# How many objects are in memory at once.
_BATCH = 500

PUBLIC = "public, no-cache"


class Listed(Protocol):
    """A list, or one page of it. Its rows are read while they are iterated."""

    @property
    def rows(self) -> Iterable[Sequence[Any]]: ...
    @property
    def columns(self) -> tuple[str, ...]: ...
    @property
    def total(self) -> int: ...
    @property
    def neighbors(self) -> Mapping[str, int]: ...
    @property
    def revision(self) -> int | None: ...


def list_answer(listed: Listed, schema: Schema, *, public: bool = False) -> Answer:
    """Read all rows, and return the answer that has them."""
    body, tag = spool(_array(map(shaper(schema, listed.columns), listed.rows)))
    headers = [
        ("Content-Type", "application/json"),
        ("Content-Length", str(len(body))),
        ("X-Total-Count", str(listed.total)),
    ]
    if listed.neighbors:
        headers.append(("Link", _links(listed.neighbors)))
    if public:
        headers += [("ETag", tag), ("Cache-Control", PUBLIC)]
    return Answer(listed.revision, headers, body, request.environ[ROUTE])


def public_list_answer(
    find: Callable[[], Listed], query: Mapping[str, Any], schema: Schema
) -> Answer:
    """Return the answer that is kept of what is found, or make and keep it.

    A whole list is made by one thread at a time, and the same for every spelling of the query.
    """
    kept: KeptAnswers = current_app.extensions["kept_answers"]
    here = address(request.environ)
    is_whole = "page" not in query
    key = f"{request.path}?{urlencode(sorted(query.items()))}" if is_whole else here
    # Before anything is found: who waits here holds no connection to the database.
    with kept.making(key) if is_whole else nullcontext():
        listed = find()
        if listed.revision is None:
            return list_answer(listed, schema, public=True)
        answer = kept.get(key, listed.revision) or list_answer(listed, schema, public=True)
        kept.put(key, here, answer)
        return answer


def to_response(answer: Answer) -> Response:
    """Return Flask's response that is sent as it is, block by block."""
    return Response(answer.body, headers=answer.headers, direct_passthrough=True)


def _array(objects: Iterable[dict[str, Any]]) -> Iterator[bytes]:
    iterator = iter(objects)
    bracket_or_comma = b"["
    while batch := list(islice(iterator, _BATCH)):
        yield bracket_or_comma + orjson.dumps(batch)[1:-1]
        bracket_or_comma = b","
    yield b"]" if bracket_or_comma == b"," else b"[]"


def _links(neighbors: Mapping[str, int]) -> str:
    path = quote(request.script_root + request.path)
    others = request.args.to_dict()
    del others["page"]
    more = f"&{urlencode(others)}" if others else ""
    links = (f'<{path}?page={page}{more}>; rel="{name}"' for name, page in neighbors.items())
    return ", ".join(links)

"""Rows of the database as the objects that a schema declares, without making entities of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from operator import itemgetter
from typing import Any

from marshmallow import Schema, fields

from views.http.urls import URLOrPath

# Row serializers that are remembered: their prefix may be a client's invention.
_SERIALIZERS = 64

# What databases and JSON write alike. A field of another kind would need its serialization.
_PLAIN = (fields.Boolean, fields.Float, fields.Integer, fields.String)

Row = Sequence[Any]
RowSerializer = Callable[[Row], dict[str, Any]]


@lru_cache(_SERIALIZERS)
def row_serializer(schema: Schema, columns: tuple[str, ...], prefix: str = "") -> RowSerializer:
    """Return what makes the object that the schema declares from a row with these columns.

    A nested field `genre` with a field `id` is read from the column `genre.id`. The result is that
    of `schema.dump`, with paths below a prefix. Raises TypeError for a field that `dump` would have
    to serialize.
    """
    places = {column: place for place, column in enumerate(columns)}
    return _row_serializer(schema, places, "", prefix)


def _row_serializer(
    schema: Schema, places: Mapping[str, int], within: str, prefix: str
) -> RowSerializer:
    parts: dict[str, Callable[[Row], Any]] = {}
    for name, field in schema.dump_fields.items():
        if isinstance(field, fields.Nested):
            parts[name] = _row_serializer(field.schema, places, f"{within}{name}.", prefix)
        elif isinstance(field, URLOrPath):
            stored = itemgetter(places[within + name], places[f"{within}id"])
            parts[name] = _applied(field.resolver(prefix), stored)
        elif type(field) in _PLAIN:
            parts[name] = itemgetter(places[within + name])
        else:
            raise TypeError(f"{within}{name} is not a plain field.")
    return lambda row: {name: part(row) for name, part in parts.items()}


def _applied(make: Callable[..., Any], values: Callable[[Row], Any]) -> Callable[[Row], Any]:
    return lambda row: make(*values(row))

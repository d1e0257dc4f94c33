"""Rows turned into what a schema declares, without making an entity and a field call of each."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import cache
from operator import itemgetter
from typing import Any

from marshmallow import Schema, fields

Row = Sequence[Any]

# What databases and JSON write alike. A field of another kind would need its serialization.
_PLAIN = (fields.Boolean, fields.Float, fields.Integer, fields.String)


@cache
def shaper(schema: Schema, columns: tuple[str, ...]) -> Callable[[Row], dict[str, Any]]:
    """Return what makes the object that the schema declares from a row with these columns.

    A nested field `genre` with a field `id` is read from the column `genre.id`. The result is that
    of `schema.dump`. Raises TypeError for a field that `dump` would have to serialize.
    """
    return _shaper(schema, {column: place for place, column in enumerate(columns)}, "")


def _shaper(
    schema: Schema, places: Mapping[str, int], prefix: str
) -> Callable[[Row], dict[str, Any]]:
    taken: dict[str, int] = {}
    nested: list[tuple[str, Callable[[Row], dict[str, Any]]]] = []
    for name, field in schema.dump_fields.items():
        if isinstance(field, fields.Nested):
            taken[name] = 0  # Keeps its place among the names.
            nested.append((name, _shaper(field.schema, places, f"{prefix}{name}.")))
        elif type(field) in _PLAIN:
            taken[name] = places[prefix + name]
        else:
            raise TypeError(f"{prefix}{name} is not a plain field.")
    names, take = tuple(taken), itemgetter(*taken.values())

    def shape(row: Row) -> dict[str, Any]:
        made = dict(zip(names, take(row), strict=True))
        for name, shape_nested in nested:
            made[name] = shape_nested(row)
        return made

    return shape

from __future__ import annotations

from typing import Any

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st
from marshmallow import Schema, fields

from views import schemas
from views.http.row_serializer import shaper

COLUMNS = (
    *("id", "title", "description", "trailer", "year", "rating"),
    *("genre.id", "genre.name", "director.id", "director.name"),
)

text = st.text(st.characters(codec="utf-8"))
ids = st.integers(1, 2**31 - 1)
rows = st.tuples(
    *(ids, text, text, text, ids, st.none() | st.floats(0, 10)), *(ids, text), *(ids, text)
)


def nested(row: tuple[Any, ...]) -> dict[str, Any]:
    """The film that the row has, as the schema takes it."""
    film: dict[str, Any] = {}
    for column, value in zip(COLUMNS, row, strict=True):
        thing, _, part = column.rpartition(".")
        (film.setdefault(thing, {}) if thing else film)[part] = value
    return film


@given(rows)
def test_gives_the_same_bytes_as_dump(row: tuple[Any, ...]) -> None:
    schema = schemas.Movie()
    assert orjson.dumps(shaper(schema, COLUMNS)(row)) == orjson.dumps(schema.dump(nested(row)))


@given(rows, st.permutations(range(len(COLUMNS))))
def test_takes_the_columns_in_any_order(row: tuple[Any, ...], order: list[int]) -> None:
    shape = shaper(schemas.Movie(), tuple(COLUMNS[place] for place in order))
    assert shape([row[place] for place in order]) == nested(row)


def test_leaves_out_columns_that_the_schema_does_not_declare() -> None:
    shape = shaper(schemas.Genre(), ("secret", "id", "name"))
    assert shape(["hidden", 4, "Драма"]) == {"id": 4, "name": "Драма"}


def test_refuses_a_column_that_is_missing() -> None:
    with pytest.raises(KeyError, match=r"genre\.name"):
        shaper(schemas.Movie(), tuple(set(COLUMNS) - {"genre.name"}))


class Shouted(fields.String):
    def _serialize(self, value: Any, *_: Any, **__: Any) -> str:
        return str(value).upper()


def test_refuses_a_field_that_dump_would_change() -> None:
    with pytest.raises(TypeError, match="name is not a plain field"):
        shaper(Schema.from_dict({"name": Shouted()})(), ("name",))

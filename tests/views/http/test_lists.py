"""Responses with lists: row serializer, JSON array and headers."""

import json
from typing import Any

import orjson
import pytest
from flask import Flask
from hypothesis import given, settings
from hypothesis import strategies as st
from marshmallow import Schema, fields

from helpers.pages import Page
from tests.support.builders import a_page
from views import schemas
from views.http.cache import CachedResponse, entity_tag
from views.http.environ import PARAMETERS, ROUTE
from views.http.lists import list_response
from views.http.row_serializer import row_serializer
from views.http.urls import URLOrPath

COLUMNS = (
    *("id", "title", "description", "trailer", "poster", "year", "rating"),
    *("genre.id", "genre.name", "director.id", "director.name"),
)

text = st.text(st.characters(codec="utf-8"), max_size=10)
ids = st.integers(1, 2**31 - 1)
rows = st.tuples(
    *(ids, text, text, text, text, ids, st.none() | st.floats(0, 10)), *(ids, text), *(ids, text)
)


def nested(row: tuple[Any, ...]) -> dict[str, Any]:
    """Return the film of a row as the schema expects it."""
    film: dict[str, Any] = {}
    for column, value in zip(COLUMNS, row, strict=True):
        thing, _, part = column.rpartition(".")
        (film.setdefault(thing, {}) if thing else film)[part] = value
    return film


@settings(deadline=None, max_examples=50)
@given(rows, st.permutations(range(len(COLUMNS))))
def test_serializes_a_row_to_the_same_bytes_as_dump(row: tuple[Any, ...], order: list[int]) -> None:
    schema, film = schemas.Movie(), nested(row)
    serialize = row_serializer(schema, tuple(COLUMNS[place] for place in order), "/films")
    film["poster"] = film["poster"] or f"/films/movies/{film['id']}/poster.svg"
    serialized = orjson.dumps(serialize([row[place] for place in order]))
    assert serialized == orjson.dumps(schema.dump(film))


def test_a_url_that_is_not_stored_is_a_path_below_the_prefix() -> None:
    schema = Schema.from_dict({"picture": URLOrPath("/things/{id}/picture", example="")})()
    serialize = row_serializer(schema, ("id", "picture"), "/é")
    assert serialize((5, "")) == {"picture": "/%C3%A9/things/5/picture"}


def test_refuses_a_column_that_is_missing() -> None:
    with pytest.raises(KeyError, match=r"genre\.name"):
        row_serializer(schemas.Movie(), tuple(set(COLUMNS) - {"genre.name"}))


class Shouted(fields.String):
    def _serialize(self, value: Any, *_: Any, **__: Any) -> str:
        return str(value).upper()


def test_refuses_a_field_that_dump_would_change() -> None:
    with pytest.raises(TypeError, match="name is not a plain field"):
        row_serializer(Schema.from_dict({"name": Shouted()})(), ("name",))


NAMES = Schema.from_dict({"name": fields.String()})()


def respond(
    page: Page,
    url: str = "/films/",
    cache_control: str | None = None,
    parameters: dict[str, str] | None = None,
) -> CachedResponse:
    """Return the response with a page, for a request with these known parameters."""
    with Flask(__name__).test_request_context(url) as context:
        context.request.environ |= {ROUTE: "/films/", PARAMETERS: parameters or {}}
        return list_response(page, NAMES, cache_control)


@pytest.mark.parametrize("number", [None, 1])
@pytest.mark.parametrize("length", [0, 1, 2, 499, 500, 501, 1_000, 1_001])
def test_writes_one_array_however_many_rows_there_are(length: int, number: int | None) -> None:
    names = [f"Ёж {place}" for place in range(length)]
    response = respond(a_page(*names, total=length, number=number))
    assert isinstance(response.body, bytes)
    assert json.loads(response.body) == [{"name": name} for name in names]
    assert dict(response.headers)["Content-Length"] == str(len(response.body))
    assert response.body == orjson.dumps(json.loads(response.body))


@pytest.mark.parametrize("number", [None, 1])
def test_a_whole_list_and_a_page_have_the_same_tag_for_the_same_bytes(number: int | None) -> None:
    response = respond(a_page("a", "b", number=number), cache_control="public")
    assert dict(response.headers)["ETag"] == entity_tag(b'[{"name":"a"},{"name":"b"}]')


def test_a_list_that_no_cache_may_store_has_no_tag() -> None:
    names = [name for name, _ in respond(a_page("a", total=1)).headers]
    assert names == ["Content-Type", "Content-Length", "X-Total-Count"]


def test_says_what_a_cache_has_to_know() -> None:
    response = respond(a_page("a", total=7), cache_control="public, no-cache")
    assert (response.revision, response.route) == (5, "/films/")
    headers = dict(response.headers)
    assert (headers["Cache-Control"], headers["X-Total-Count"]) == ("public, no-cache", "7")


def linked(
    page: Page, url: str = "/films/", parameters: dict[str, str] | None = None
) -> dict[str, str]:
    """Return the URLs of `Link` by relation."""
    link = dict(respond(page, url, parameters=parameters).headers)["Link"]
    parts = (part.partition(";") for part in link.split(", "))
    return {relation.strip()[5:-1]: target[1:-1] for target, _, relation in parts}


@pytest.mark.parametrize(
    ("number", "total", "neighbors"),
    [
        (1, 15, {"next": 2, "last": 3}),
        (2, 14, {"prev": 1, "next": 3, "last": 3}),
        (3, 11, {"prev": 2, "last": 3}),
        (2**31, 15, {"prev": 3, "last": 3}),
        (1, 0, {"last": 1}),
    ],
)
def test_a_page_links_to_its_neighbors(number: int, total: int, neighbors: dict[str, int]) -> None:
    expected = {"first": 1, **neighbors}
    assert linked(a_page(total=total, number=number, size=5)) == {
        relation: f"/films/?page={page}" for relation, page in expected.items()
    }


def test_links_quote_the_path_and_repeat_the_other_parameters_that_the_route_knows() -> None:
    known = {"page": "1", "per_page": "5", "q": "а&б=в"}
    links = linked(a_page(total=1, number=1), "/%D1%91%3E/?x=1", known)
    expected = "/%D1%91%3E/?page=1&per_page=5&q=%D0%B0%26%D0%B1%3D%D0%B2"
    assert links == {"first": expected, "last": expected}

"""Numbers in paths, queries and request bodies."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

import pytest

from tests.contract.client import Account, Api, Json, status_of
from tests.contract.routes import PAGES, ROUTES, Route

NOT_A_NUMBER = ["abc", "-1", "+1", " 1", "1 ", "1.5", "1_0", "1e0", "0x1", "٣", "１", "1\0", "\0"]
BAD_IN_A_QUERY = [*NOT_A_NUMBER, " ", "all", "1 OR 1=1", b"\xff"]
NO_GENRE = [*NOT_A_NUMBER, "", "5.0", True, False, 5.7, 5.0, [5], {"id": 5}]
HUGE = [2**31, 2**32, 2**63, 2**64, 10**1000]

with_an_id = pytest.mark.parametrize("route", [one for one in ROUTES if "{" in one.path], ids=str)
LISTS = [route for route in ROUTES if "page" in route.query_numbers]
lists = pytest.mark.parametrize("route", LISTS, ids=str)
filters = pytest.mark.parametrize(
    ("route", "name"),
    [(one, name) for one in ROUTES for name in one.query_numbers if name not in PAGES],
)
genres = pytest.mark.parametrize(
    ("route", "field"), [(one, field) for one in ROUTES for field in one.number_fields]
)


def url(route: Route, number: object) -> str:
    return route.path.format(film=number, genre=number, director=number)


@pytest.mark.one_engine
@with_an_id
def test_an_id_is_made_of_ascii_digits(api: Api, reader: Account, route: Route) -> None:
    """An id in a path is made of the digits 0 to 9; anything else does not exist."""
    texts = [*map(quote, NOT_A_NUMBER), "%FF"]
    statuses = {
        text: api.request(route.method, url(route, text), headers=reader.headers).status_code
        for text in texts
    }
    assert statuses == dict.fromkeys(texts, 404)


@with_an_id
@pytest.mark.parametrize("above", HUGE)
def test_a_huge_id_does_not_exist(
    api: Api, reader: Account, film: Json, route: Route, above: int
) -> None:
    """A huge id does not exist, and is never cut down to one that does."""
    path = url(route, above + film["id"])
    assert api.request(route.method, path, headers=reader.headers).status_code == 404


@pytest.mark.one_engine
@lists
@pytest.mark.parametrize(
    ("name", "value"),
    [
        *(("page", value) for value in ("0", "", *BAD_IN_A_QUERY)),
        *(("per_page", value) for value in ("0", "101", str(2**63), "", *BAD_IN_A_QUERY)),
    ],
)
def test_a_page_and_its_length_are_whole_numbers_from_1(
    api: Api, reader: Account, route: Route, name: str, value: str | bytes
) -> None:
    """A `page` below 1 or a `per_page` beyond 1 to 100 is refused, and never the whole list."""
    first = "page=1&" if name == "per_page" else ""
    url = f"{route.path}?{first}{name}={quote(value)}"
    assert status_of(api.get(url, headers=reader.headers), faulty={name}) == 400


@pytest.mark.parametrize("path", ["/movies/", "/genres/", "/directors/"])
@pytest.mark.parametrize("page", HUGE)
def test_a_page_past_the_end_is_empty(api: Api, path: str, page: int) -> None:
    """A page past the end is an empty list, however large its number."""
    response = api.get(path, params={"page": page})
    assert (response.status_code, response.json()) == (200, [])


@pytest.mark.one_engine
@filters
@pytest.mark.parametrize("value", BAD_IN_A_QUERY)
def test_a_filter_is_a_number(api: Api, route: Route, name: str, value: str | bytes) -> None:
    """A filter that is no whole number is refused."""
    response = api.get(f"{route.path}?{name}={quote(value)}")
    assert status_of(response, faulty={name}) == 400


@pytest.mark.parametrize("name", ["genre_id", "director_id", "year", "year_from"])
@pytest.mark.parametrize("value", [2**31 - 1, 2**63, 10**1000])
def test_a_filter_that_nothing_fits(api: Api, name: str, value: int) -> None:
    """A genre, director or year that does not exist gives an empty list, however large."""
    response = api.get("/movies/", params={name: value})
    assert (response.status_code, response.json()) == (200, [])


@pytest.mark.one_engine
@genres
@pytest.mark.parametrize("value", NO_GENRE, ids=ascii)
def test_a_number_in_a_body_is_a_number(
    api: Api, reader: Account, route: Route, field: str, value: Any
) -> None:
    """The favorite genre is a whole number, or ASCII digits in a string."""
    body, headers = {field: value}, reader.headers
    response = api.request(route.method, route.path, json=body, headers=headers)
    assert status_of(response, faulty={field}) == 400


@genres
@pytest.mark.parametrize("value", [0, -1, 2**31 - 1, 2**31, 2**63, 2**64 + 1, "9" * 5000])
def test_a_genre_that_does_not_exist_is_refused(
    api: Api, reader: Account, route: Route, field: str, value: int | str
) -> None:
    """A genre that does not exist cannot be the favorite one, however large its id."""
    body, headers = {field: value}, reader.headers
    response = api.request(route.method, route.path, json=body, headers=headers)
    assert response.status_code == 400

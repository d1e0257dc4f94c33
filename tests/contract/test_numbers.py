"""Numbers in paths, queries and request bodies."""

from urllib.parse import quote

import pytest

from tests.contract.client import Account, Api, status_of
from tests.contract.routes import NO_ID, ROUTES, Route

# Each of these is a number to some careless parser.
NOT_A_NUMBER = ["abc", "-1", " 1", "1.5", "1_0", "٣", "1\0"]
OUT_OF_RANGE = {"page": ["0", ""], "per_page": ["0", "101", ""]}
NO_GENRE = [*NOT_A_NUMBER, "", True, 5.0, [5], 0, NO_ID, 2**31, 2**64 + 1, "9" * 5000]


@pytest.mark.one_engine
@pytest.mark.parametrize("route", [one for one in ROUTES if "{" in one.path], ids=str)
def test_an_id_is_made_of_ascii_digits(api: Api, reader: Account, route: Route) -> None:
    for text in (*map(quote, NOT_A_NUMBER), "%FF", str(2**64)):
        path = route.path.format(film=text, genre=text, director=text)
        response = api.request(route.method, path, headers=reader.headers)
        assert response.status_code == 404, text


@pytest.mark.one_engine
@pytest.mark.parametrize(
    ("route", "name"), [(one, name) for one in ROUTES for name in one.query_numbers], ids=str
)
def test_a_number_in_a_query_is_made_of_ascii_digits(
    api: Api, reader: Account, route: Route, name: str
) -> None:
    first = "page=1&" if name == "per_page" else ""
    for value in [*NOT_A_NUMBER, *OUT_OF_RANGE.get(name, [])]:
        response = api.get(f"{route.path}?{first}{name}={quote(value)}", headers=reader.headers)
        assert status_of(response, faulty={name}) == 400, value


@pytest.mark.parametrize("path", ["/movies/", "/genres/", "/directors/"])
def test_a_page_past_the_end_is_empty(api: Api, path: str) -> None:
    response = api.get(path, params={"page": 10**1000})
    assert (response.status_code, response.json()) == (200, [])


@pytest.mark.parametrize(
    ("route", "field"), [(one, field) for one in ROUTES for field in one.number_fields], ids=str
)
def test_a_number_in_a_body_is_that_of_a_genre(
    api: Api, reader: Account, route: Route, field: str
) -> None:
    for value in NO_GENRE:
        body, headers = {field: value}, reader.headers
        response = api.request(route.method, route.path, json=body, headers=headers)
        assert response.status_code == 400, value

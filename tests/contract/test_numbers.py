"""Numbers in paths, queries and request bodies."""

from urllib.parse import quote

import pytest

from tests.contract.client import Account, Api, status_of
from tests.contract.routes import ROUTES, Route

NOT_A_NUMBER = ["abc", "-1", "+1", " 1", "1 ", "1.5", "1_0", "1e0", "0x1", "٣", "１", "1\0", "\0"]
BAD_IN_A_QUERY: list[str | bytes] = [*NOT_A_NUMBER, " ", "all", "1 OR 1=1", b"\xff"]
OUT_OF_RANGE = {"page": ["0", ""], "per_page": ["0", "101", str(2**63), ""]}
NO_GENRE = [*NOT_A_NUMBER, "", "5.0", True, False, 5.7, 5.0, [5], {"id": 5}]
NO_GENRE += [0, -1, 2**31 - 1, 2**31, 2**63, 2**64 + 1, "9" * 5000]


@pytest.mark.one_engine
@pytest.mark.parametrize("route", [one for one in ROUTES if "{" in one.path], ids=str)
def test_an_id_is_made_of_ascii_digits(api: Api, reader: Account, route: Route) -> None:
    for text in (*map(quote, NOT_A_NUMBER), "%FF", str(2**64), "9" * 1000):
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
    for value in [*BAD_IN_A_QUERY, *OUT_OF_RANGE.get(name, [])]:
        response = api.get(f"{route.path}?{first}{name}={quote(value)}", headers=reader.headers)
        assert status_of(response, faulty={name}) == 400, value


@pytest.mark.parametrize("path", ["/movies/", "/genres/", "/directors/"])
def test_a_page_past_the_end_is_empty(api: Api, path: str) -> None:
    for page in (2**31, 2**63, 10**1000):
        response = api.get(path, params={"page": page})
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

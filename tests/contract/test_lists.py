"""Lists, pages and the headers that lead through them."""

from __future__ import annotations

from urllib.parse import urljoin

import httpx
import pytest

from tests.contract.client import Account, Api, Json, status_of
from tests.contract.routes import ROUTES, Route

lists = pytest.mark.parametrize("path", ["/movies/", "/genres/", "/directors/"])


def links(response: httpx.Response) -> dict[str, httpx.URL]:
    """Return the URLs in `Link` by relation."""
    return {
        relation: httpx.URL(urljoin(str(response.url), link["url"]))
        for relation, link in response.links.items()
        if relation is not None
    }


@lists
def test_a_list_without_page_has_all_records_by_ascending_id(api: Api, path: str) -> None:
    """Without `page` a list has every record once, by ascending id."""
    ids = [record["id"] for record in api.listed(path)]
    assert ids == sorted(set(ids))


@lists
def test_following_the_next_links_leads_through_the_whole_list(api: Api, path: str) -> None:
    """A client that follows `next` from the first page sees the whole list, and then it ends."""
    whole = api.listed(path)
    response = api.get(path, params={"page": 1})
    seen: list[Json] = response.json()
    while "next" in links(response) and len(seen) <= len(whole):
        response = api.get(links(response)["next"])
        seen += response.json()
    assert seen == whole


@lists
@pytest.mark.parametrize(
    "params", [{"page": 1}, *({"page": 2, "per_page": size} for size in (1, 5, 100))], ids=str
)
def test_a_page_has_12_records_or_as_many_as_are_wanted(
    api: Api, path: str, params: dict[str, int]
) -> None:
    """A page holds 12 records or `per_page`, and says in `X-Total-Count` how many there are."""
    whole, size = api.listed(path), params.get("per_page", 12)
    response = api.get(path, params=params)
    assert response.json() == whole[(params["page"] - 1) * size :][:size]
    assert response.headers["X-Total-Count"] == str(len(whole))


@pytest.mark.parametrize("path", ["/movies/", "/genres/", "/directors/", "/favorites/movies/"])
def test_per_page_without_page_is_refused(api: Api, reader: Account, path: str) -> None:
    """`per_page` means nothing without `page`, so it is refused."""
    response = api.get(path, params={"per_page": 5}, headers=reader.headers)
    assert status_of(response, faulty={"per_page"}) == 400


@pytest.mark.usefixtures("films")
@pytest.mark.parametrize(
    ("page", "expected"),
    [
        ("1", {"first": "1", "next": "2", "last": "last"}),
        ("2", {"first": "1", "prev": "1", "next": "3", "last": "last"}),
        ("last", {"first": "1", "prev": "last but one", "last": "last"}),
        (str(2**64), {"first": "1", "prev": "last", "last": "last"}),
    ],
)
def test_a_page_links_to_the_pages_around(api: Api, page: str, expected: dict[str, str]) -> None:
    """`Link` names the first, previous, next and last page: those of them that there are."""
    last = int(api.head("/movies/", params={"page": 1}).headers["X-Total-Count"])
    numbers = {"last": str(last), "last but one": str(last - 1)}
    response = api.get("/movies/", params={"page": numbers.get(page, page), "per_page": 1})
    found = {relation: url.params["page"] for relation, url in links(response).items()}
    assert found == {relation: numbers.get(to, to) for relation, to in expected.items()}


def test_an_empty_list_has_one_page(api: Api) -> None:
    """An empty list has one page, which is the first and the last."""
    response = api.get("/movies/", params={"page": 1, "genre_id": 2**63})
    assert (response.json(), response.headers["X-Total-Count"]) == ([], "0")
    found = {relation: url.params["page"] for relation, url in links(response).items()}
    assert found == {"first": "1", "last": "1"}


def test_links_keep_the_other_parameters(api: Api, film: Json) -> None:
    """The URLs in `Link` keep the parameters that were asked for, but for the page."""
    params = {"status": "new", "year": str(film["year"]), "per_page": "1"}
    response = api.get("/movies/", params={**params, "page": "1", "unknown": "а&б=в"})
    last = links(response)["last"]
    assert last.path.rstrip("/") == "/movies"
    assert dict(last.params) == {**params, "page": response.headers["X-Total-Count"]}


@pytest.mark.parametrize("path", ["/genres/", "/directors/"])
def test_links_keep_the_name_that_is_searched(api: Api, path: str) -> None:
    """The URLs in `Link` of genres and directors keep `q`."""
    response = api.get(path, params={"page": 1, "q": "а&"})
    assert dict(links(response)["first"].params) == {"page": "1", "q": "а&"}


@pytest.mark.parametrize(
    "query", ["nonsense=1", "%FF=%FF", "%00", "&&&", "=", "a[]=1&a[b]=2", "page[]=1"]
)
def test_unknown_parameters_are_ignored(api: Api, query: str) -> None:
    """An unknown parameter changes nothing, whatever it is made of."""
    assert api.get(f"/genres/?{query}").json() == api.listed("/genres/")


@pytest.mark.parametrize(
    ("route", "name"), [(route, name) for route in ROUTES for name in route.query_texts], ids=str
)
@pytest.mark.parametrize("value", ["%FF", "%00", "%ED%A0%80", "'", "%F0%9F%98%80", "a" * 5000])
def test_hostile_texts_are_refused_or_understood(
    api: Api, route: Route, name: str, value: str
) -> None:
    """A text in a query is refused or understood, whatever it is made of."""
    assert api.get(f"{route.path}?{name}={value}").status_code in {200, 400, 414}


def test_of_a_repeated_parameter_the_first_counts(api: Api, film: Json) -> None:
    """When a query parameter comes twice, the first one counts."""
    response = api.get("/movies/?per_page=1&page=1&page=abc")
    assert (response.status_code, response.json()) == (200, [film])

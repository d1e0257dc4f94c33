"""Lists, pages and the headers that lead through them."""

from urllib.parse import urljoin

import httpx
import pytest

from tests.contract.client import Account, Api, Json, status_of

lists = pytest.mark.parametrize("path", ["/movies/", "/genres/", "/directors/"])


def links(response: httpx.Response) -> dict[str, httpx.URL]:
    """Return the URLs in `Link` by relation."""
    return {
        relation: httpx.URL(urljoin(str(response.url), link["url"]))
        for relation, link in response.links.items()
        if relation is not None
    }


@lists
def test_following_the_next_links_leads_through_the_whole_list(api: Api, path: str) -> None:
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
    whole, size = api.listed(path), params.get("per_page", 12)
    response = api.get(path, params=params)
    assert response.json() == whole[(params["page"] - 1) * size :][:size]
    assert response.headers["X-Total-Count"] == str(len(whole))


@pytest.mark.parametrize("path", ["/movies/", "/genres/", "/directors/", "/favorites/movies/"])
def test_per_page_without_page_is_refused(api: Api, reader: Account, path: str) -> None:
    response = api.get(path, params={"per_page": 5}, headers=reader.headers)
    assert status_of(response, faulty={"per_page"}) == 400


def test_of_a_repeated_parameter_the_first_counts(api: Api, film: Json) -> None:
    response = api.get("/movies/?per_page=1&page=1&page=abc")
    assert (response.status_code, response.json()) == (200, [film])

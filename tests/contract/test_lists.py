"""Lists, pages and the headers that lead through them."""

from __future__ import annotations

from urllib.parse import urljoin

import httpx
import pytest

from tests.contract.client import Api, Json, status_of

LISTS = ["/movies/", "/genres/", "/directors/"]
ORDERS: list[tuple[str, dict[str, str]]] = [
    *((path, {}) for path in LISTS),
    ("/movies/", {"status": "new"}),
    ("/movies/", {"sort": "rating"}),
    ("/movies/", {"sort": "title"}),
    ("/movies/", {"sort": "popular"}),
]
PAGE_SIZE = 12


def links(response: httpx.Response) -> dict[str, httpx.URL]:
    """Return the addresses in `Link` by relation."""
    return {
        relation: httpx.URL(urljoin(str(response.url), link["url"]))
        for relation, link in response.links.items()
        if relation is not None
    }


def linked_pages(response: httpx.Response) -> dict[str, int]:
    return {relation: int(url.params["page"]) for relation, url in links(response).items()}


@pytest.mark.parametrize("path", LISTS)
def test_a_list_without_page_has_all_records_by_ascending_id(api: Api, path: str) -> None:
    """Without `page` a list has every record once, by ascending id."""
    ids = [record["id"] for record in api.whole(path)]
    assert ids == sorted(set(ids))


@pytest.mark.parametrize(("path", "order"), ORDERS)
def test_all_pages_together_are_the_whole_list(api: Api, path: str, order: dict[str, str]) -> None:
    """The pages one after another are the list without `page`: nothing twice, nothing left out."""
    whole = api.whole(path, **order)
    together: list[Json] = []
    for number in range(1, -(-len(whole) // PAGE_SIZE) + 1):
        together += api.get(path, params={**order, "page": number}).json()
    assert together == whole


@pytest.mark.parametrize("path", LISTS)
def test_following_the_next_links_leads_through_the_whole_list(api: Api, path: str) -> None:
    """Who follows `next` from the first page sees the whole list, and then it ends."""
    whole = api.whole(path)
    response = api.get(path, params={"page": 1})
    seen: list[Json] = response.json()
    while "next" in links(response) and len(seen) <= len(whole):
        response = api.get(links(response)["next"])
        seen += response.json()
    assert seen == whole


@pytest.mark.parametrize("per_page", [1, 5, 100])
@pytest.mark.parametrize("path", LISTS)
def test_per_page_sets_the_length_of_a_page(api: Api, path: str, per_page: int) -> None:
    """`per_page` sets how many records a page holds, from 1 to 100."""
    second = api.get(path, params={"page": 2, "per_page": per_page})
    assert second.json() == api.whole(path)[per_page : 2 * per_page]


@pytest.mark.parametrize("per_page", ["0", "101", "-1", "", "abc", "1.5", "1_0", "٥", str(2**63)])
@pytest.mark.parametrize("path", LISTS)
def test_a_per_page_outside_1_to_100_is_refused(api: Api, path: str, per_page: str) -> None:
    """A `per_page` that is no whole number from 1 to 100 is refused."""
    response = api.get(path, params={"page": 1, "per_page": per_page})
    assert status_of(response, faulty={"per_page"}) == 400


@pytest.mark.parametrize("path", LISTS)
def test_per_page_without_page_is_refused(api: Api, path: str) -> None:
    """`per_page` means nothing without `page`, so it is refused."""
    response = api.get(path, params={"per_page": 5})
    assert status_of(response, faulty={"per_page"}) == 400


@pytest.mark.parametrize(
    "page", ["0", "-1", "+1", "abc", "", " ", "1 ", "1.5", "1_0", "1e3", "0x1", "١", "all", "\0"]
)
@pytest.mark.parametrize("path", LISTS)
def test_a_page_that_is_no_whole_number_from_1_is_refused(api: Api, path: str, page: str) -> None:
    """A `page` that is no whole number from 1 is refused, and never means the whole list."""
    response = api.get(path, params={"page": page})
    assert status_of(response, faulty={"page"}) == 400


@pytest.mark.parametrize("page", [2**31, 2**32 + 1, 2**63, 2**64 + 1, 10**1000])
@pytest.mark.parametrize("path", LISTS)
def test_a_page_past_the_end_is_empty(api: Api, path: str, page: int) -> None:
    """A page past the end is an empty list, however large its number."""
    response = api.get(path, params={"page": page})
    assert (response.status_code, response.json()) == (200, [])


@pytest.mark.parametrize("page", [1, 2, 2**31, 2**63])
@pytest.mark.parametrize("path", LISTS)
def test_x_total_count_is_the_length_of_the_whole_list(api: Api, path: str, page: int) -> None:
    """`X-Total-Count` says on every page how long the whole list is."""
    response = api.get(path, params={"page": page})
    assert response.headers["X-Total-Count"] == str(len(api.whole(path)))


def test_a_list_without_page_has_no_links(api: Api) -> None:
    """Only pages have a `Link` header: a whole list leads nowhere."""
    assert "Link" not in api.get("/genres/").headers


def test_a_page_links_to_the_pages_around(api: Api, films: list[Json]) -> None:
    """`Link` names the first, the previous, the next and the last page."""
    response = api.get("/movies/", params={"page": 2, "per_page": 1})
    last = int(response.headers["X-Total-Count"])
    assert linked_pages(response) == {"first": 1, "prev": 1, "next": 3, "last": last}


def test_the_first_page_has_no_previous_one(api: Api, films: list[Json]) -> None:
    """`Link` of the first page has no `prev`."""
    response = api.get("/movies/", params={"page": 1, "per_page": 1})
    last = int(response.headers["X-Total-Count"])
    assert linked_pages(response) == {"first": 1, "next": 2, "last": last}


def test_the_last_page_has_no_next_one(api: Api, films: list[Json]) -> None:
    """`Link` of the last page has no `next`."""
    last = int(api.head("/movies/", params={"page": 1}).headers["X-Total-Count"])
    response = api.get("/movies/", params={"page": last, "per_page": 1})
    assert linked_pages(response) == {"first": 1, "prev": last - 1, "last": last}


@pytest.mark.parametrize("page", [2**31, 2**64])
def test_past_the_end_the_previous_page_is_the_last(api: Api, films: list[Json], page: int) -> None:
    """`Link` leads from past the end back to the last page."""
    response = api.get("/movies/", params={"page": page, "per_page": 1})
    last = int(response.headers["X-Total-Count"])
    assert linked_pages(response) == {"first": 1, "prev": last, "last": last}


def test_an_empty_list_has_one_page(api: Api) -> None:
    """An empty list has one page, which is the first and the last."""
    response = api.get("/movies/", params={"page": 1, "genre_id": 2**63})
    assert (response.json(), response.headers["X-Total-Count"]) == ([], "0")
    assert linked_pages(response) == {"first": 1, "last": 1}


def test_links_keep_the_other_parameters(api: Api, film: Json) -> None:
    """The addresses in `Link` are the one that was asked for, but for the page."""
    params = {"status": "new", "year": str(film["year"]), "per_page": "1", "ref": "а&б=в"}
    response = api.get("/movies/", params={**params, "page": "1"})
    last = links(response)["last"]
    assert last.path.rstrip("/") == "/movies"
    assert dict(last.params) == {**params, "page": response.headers["X-Total-Count"]}


def test_unknown_parameters_are_ignored(api: Api) -> None:
    """A query parameter that nobody knows changes nothing."""
    assert api.get("/genres/", params={"nonsense": "1"}).json() == api.whole("/genres/")


def test_of_a_repeated_parameter_the_first_counts(api: Api, film: Json) -> None:
    """When a query parameter comes twice, the first one counts."""
    response = api.get("/movies/?per_page=1&page=1&page=abc")
    assert (response.status_code, response.json()) == (200, [film])

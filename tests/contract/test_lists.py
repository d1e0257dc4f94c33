"""Lists, pages and the pagination headers."""

from urllib.parse import urljoin

import pytest

from tests.contract.client import Api, Json

lists = pytest.mark.parametrize("path", ["/movies/", "/genres/", "/directors/"])


@lists
def test_following_the_next_links_leads_through_the_whole_list(api: Api, path: str) -> None:
    whole = api.listed(path)
    response = api.get(path, params={"page": 1, "per_page": 9})
    seen: list[Json] = response.json()
    while "next" in response.links and len(seen) <= len(whole):
        response = api.get(urljoin(str(response.url), response.links["next"]["url"]))
        seen += response.json()
    assert seen == whole


@lists
@pytest.mark.parametrize(("sent", "size"), [({}, 12), ({"per_page": 5}, 5)])
def test_a_page_has_12_records_or_as_many_as_are_wanted(
    api: Api, path: str, sent: dict[str, int], size: int
) -> None:
    whole = api.listed(path)
    response = api.get(path, params={"page": 2, **sent})
    assert response.json() == whole[size : 2 * size]
    assert response.headers["X-Total-Count"] == str(len(whole))


def test_of_a_repeated_parameter_the_first_counts(api: Api, film: Json) -> None:
    response = api.get("/movies/?per_page=1&page=1&page=abc")
    assert (response.status_code, response.json()) == (200, [film])

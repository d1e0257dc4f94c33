"""Favorites, and who likes a film."""

from __future__ import annotations

import httpx
import pytest

from tests.contract.client import Account, Api, Json, needed
from tests.contract.routes import NO_ID


def ask(api: Api, method: str, account: Account, film: Json) -> httpx.Response:
    return api.request(method, f"/favorites/movies/{film['id']}/", headers=account.headers)


def like(api: Api, account: Account, *films: Json) -> None:
    for film in films:
        needed(api.like(account, film))


def favorites(api: Api, account: Account) -> list[Json]:
    found: list[Json] = api.get("/favorites/movies/", headers=account.headers).json()
    return found


def favorites_count(api: Api, film: Json) -> int:
    count: int = api.get(f"/movies/{film['id']}/").json()["favorites_count"]
    return count


def is_favorite(api: Api, film: Json, account: Account | None = None) -> object:
    headers = account.headers if account else None
    return api.get(f"/movies/{film['id']}/", headers=headers).json()["is_favorite"]


def test_at_first_there_are_no_favorites(api: Api, account: Account) -> None:
    """Somebody new has an empty list of favorites."""
    response = api.get("/favorites/movies/", headers=account.headers)
    assert (response.status_code, response.json()) == (200, [])


def test_liking_a_film_returns_it(api: Api, account: Account, film: Json) -> None:
    """Adding a favorite responds with the film, as lists show it."""
    response = api.like(account, film)
    assert (response.status_code, response.json()) == (200, film)


def test_liking_a_film_again_is_the_same(api: Api, account: Account, film: Json) -> None:
    """Adding a favorite that is one already responds the same."""
    like(api, account, film)
    response = api.like(account, film)
    assert (response.status_code, response.json()) == (200, film)


def test_the_newest_favorite_comes_first(api: Api, account: Account, films: list[Json]) -> None:
    """The list of favorites begins with the one that was added last."""
    one, two, three = films[:3]
    like(api, account, two, three, one)
    assert favorites(api, account) == [one, three, two]


def test_favorites_come_in_pages(api: Api, account: Account, films: list[Json]) -> None:
    """The favorites are paged like every list."""
    like(api, account, *films[:3])
    pages = [
        api.get("/favorites/movies/", params={"page": page, "per_page": 2}, headers=account.headers)
        for page in (1, 2, 3)
    ]
    whole = favorites(api, account)
    assert [page.json() for page in pages] == [whole[:2], whole[2:], []]
    assert [page.headers["X-Total-Count"] for page in pages] == ["3", "3", "3"]
    assert [sorted(filter(None, page.links)) for page in pages] == [
        ["first", "last", "next"],
        ["first", "last", "prev"],
        ["first", "last", "prev"],
    ]


def test_one_favorite_can_be_read(api: Api, account: Account, film: Json) -> None:
    """A favorite can be asked for by the film's id."""
    like(api, account, film)
    response = ask(api, "GET", account, film)
    assert (response.status_code, response.json()) == (200, film)


def test_a_film_that_is_no_favorite_is_404(api: Api, account: Account, film: Json) -> None:
    """A film that one does not like is not among one's favorites."""
    assert ask(api, "GET", account, film).status_code == 404


@pytest.mark.parametrize("method", ["GET", "POST", "DELETE"])
def test_a_film_that_does_not_exist_cannot_be_liked(api: Api, reader: Account, method: str) -> None:
    """A film that does not exist is 404 among the favorites, whatever one wants to do with it."""
    assert ask(api, method, reader, {"id": NO_ID}).status_code == 404


def test_unliking_a_film_is_204_without_a_body(api: Api, account: Account, film: Json) -> None:
    """Removing a favorite is 204 without a body."""
    like(api, account, film)
    response = api.unlike(account, film)
    assert (response.status_code, response.content) == (204, b"")


def test_unliking_what_is_no_favorite_is_the_same(api: Api, reader: Account, film: Json) -> None:
    """Removing a favorite that is none is 204 too."""
    response = api.unlike(reader, film)
    assert (response.status_code, response.content) == (204, b"")


def test_unliking_a_film_leaves_the_others(api: Api, account: Account, films: list[Json]) -> None:
    """A favorite that was removed is gone, and the others stay."""
    like(api, account, *films[:2])
    api.unlike(account, films[0])
    assert favorites(api, account) == [films[1]]


def test_a_film_says_whether_one_likes_it(api: Api, account: Account, films: list[Json]) -> None:
    """With an access token a film says whether one likes it."""
    like(api, account, films[0])
    assert [is_favorite(api, film, account) for film in films[:2]] == [True, False]


def test_a_film_does_not_say_it_to_others(
    api: Api, account: Account, reader: Account, film: Json
) -> None:
    """Whether one likes a film is not said to others, and null to whoever is not signed in."""
    like(api, account, film)
    assert [is_favorite(api, film, reader), is_favorite(api, film)] == [False, None]


def test_a_film_counts_who_likes_it(api: Api, account: Account, film: Json) -> None:
    """A film tells how many people like it."""
    before = favorites_count(api, film)
    like(api, account, film)
    like(api, api.new_account(), film)
    assert favorites_count(api, film) == before + 2


def test_a_film_counts_everybody_once(api: Api, account: Account, film: Json) -> None:
    """Adding one favorite twice counts once."""
    before = favorites_count(api, film)
    like(api, account, film, film)
    assert favorites_count(api, film) == before + 1


def test_a_film_no_longer_counts_a_removed_favorite(api: Api, account: Account, film: Json) -> None:
    """Removing a favorite, even twice, lowers the count by one."""
    before = favorites_count(api, film)
    like(api, account, film)
    for _ in range(2):
        api.unlike(account, film)
    assert favorites_count(api, film) == before


def test_a_film_no_longer_counts_a_deleted_account(api: Api, account: Account, film: Json) -> None:
    """Deleting an account lowers the counts of the films it liked."""
    before = favorites_count(api, film)
    like(api, account, film)
    api.delete_account(account, account.password)
    assert favorites_count(api, film) == before

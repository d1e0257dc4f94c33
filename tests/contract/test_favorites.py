"""Favorites, and the users who like a film."""

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


def test_liking_a_film_returns_it_however_often(api: Api, account: Account, film: Json) -> None:
    for response in [api.like(account, film) for _ in range(2)]:
        assert (response.status_code, response.json()) == (200, film)
    assert favorites(api, account) == [film]


def test_a_favorite_can_be_read_as_long_as_it_is_one(
    api: Api, account: Account, film: Json
) -> None:
    assert ask(api, "GET", account, film).status_code == 404
    like(api, account, film)
    response = ask(api, "GET", account, film)
    assert (response.status_code, response.json()) == (200, film)


def test_the_ids_of_favorites_are_enough_to_mark_them(
    api: Api, account: Account, films: list[Json]
) -> None:
    path = "/favorites/movies/ids/"
    assert api.get(path, headers=account.headers).json() == []
    one, two, three = films[:3]
    like(api, account, two, three, one)
    ids = [one["id"], three["id"], two["id"]]
    assert api.get(path, headers=account.headers).json() == ids
    page = api.get(path, params={"page": 2, "per_page": 2}, headers=account.headers)
    assert (page.json(), page.headers["X-Total-Count"]) == (ids[2:], "3")
    assert sorted(filter(None, page.links)) == ["first", "last", "prev"]


@pytest.mark.parametrize("method", ["GET", "POST", "DELETE"])
def test_a_film_that_does_not_exist_cannot_be_liked(api: Api, reader: Account, method: str) -> None:
    assert ask(api, method, reader, {"id": NO_ID}).status_code == 404


def test_unliking_a_film_leaves_the_others(api: Api, account: Account, films: list[Json]) -> None:
    like(api, account, *films[:2])
    for response in [api.unlike(account, films[0]) for _ in range(2)]:
        assert (response.status_code, response.content) == (204, b"")
    assert favorites(api, account) == [films[1]]


def test_is_favorite_is_about_the_caller_alone(
    api: Api, account: Account, reader: Account, film: Json
) -> None:
    like(api, account, film)
    told = [api.get(f"/movies/{film['id']}/", headers=one.headers) for one in (account, reader)]
    assert [response.json()["is_favorite"] for response in told] == [True, False]

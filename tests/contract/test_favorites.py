"""Favorites, and who likes a film."""

from __future__ import annotations

import pytest

from tests.contract.client import Account, Api, Json, needed


def like(api: Api, account: Account, *films: Json) -> None:
    for film in films:
        needed(api.post(f"/favorites/movies/{film['id']}/", headers=account.headers))


def favorites(api: Api, account: Account) -> list[Json]:
    found: list[Json] = api.get("/favorites/movies/", headers=account.headers).json()
    return found


def favorites_count(api: Api, film: Json) -> int:
    count: int = api.get(f"/movies/{film['id']}/").json()["favorites_count"]
    return count


def test_at_first_nobody_has_favorites(api: Api, account: Account) -> None:
    """Who likes nothing yet has an empty list."""
    response = api.get("/favorites/movies/", headers=account.headers)
    assert (response.status_code, response.json()) == (200, [])


def test_liking_a_film_returns_it(api: Api, account: Account, film: Json) -> None:
    """Adding a favorite answers with the film, as lists show it."""
    response = api.post(f"/favorites/movies/{film['id']}/", headers=account.headers)
    assert (response.status_code, response.json()) == (200, film)


def test_liking_a_film_again_answers_the_same(api: Api, account: Account, film: Json) -> None:
    """Adding a favorite that is one already answers the same."""
    like(api, account, film)
    response = api.post(f"/favorites/movies/{film['id']}/", headers=account.headers)
    assert (response.status_code, response.json()) == (200, film)


def test_liking_a_film_again_adds_nothing(api: Api, account: Account, film: Json) -> None:
    """A film is in the list of favorites once."""
    like(api, account, film, film)
    assert favorites(api, account) == [film]


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


@pytest.mark.parametrize("params", [{"page": "0"}, {"page": "x"}, {"per_page": "5"}])
def test_a_bad_page_of_favorites_is_refused(
    api: Api, reader: Account, params: dict[str, str]
) -> None:
    """The pages of favorites obey the rules of all lists."""
    response = api.get("/favorites/movies/", params=params, headers=reader.headers)
    assert (response.status_code, set(response.json()["errors"])) == (400, set(params))


def test_one_favorite_can_be_read(api: Api, account: Account, film: Json) -> None:
    """A favorite can be asked for by the film's id."""
    like(api, account, film)
    response = api.get(f"/favorites/movies/{film['id']}/", headers=account.headers)
    assert (response.status_code, response.json()) == (200, film)


def test_a_film_that_is_no_favorite_is_404_among_them(
    api: Api, account: Account, film: Json
) -> None:
    """A film that one does not like is not among one's favorites."""
    response = api.get(f"/favorites/movies/{film['id']}/", headers=account.headers)
    assert response.status_code == 404


@pytest.mark.parametrize("method", ["GET", "POST", "DELETE"])
def test_a_film_that_does_not_exist_cannot_be_liked(api: Api, reader: Account, method: str) -> None:
    """A film that does not exist is answered with 404."""
    response = api.request(method, "/favorites/movies/2147483647/", headers=reader.headers)
    assert response.status_code == 404


def test_unliking_a_film_answers_without_a_body(api: Api, account: Account, film: Json) -> None:
    """Removing a favorite answers 204."""
    like(api, account, film)
    response = api.delete(f"/favorites/movies/{film['id']}/", headers=account.headers)
    assert (response.status_code, response.content) == (204, b"")


def test_unliking_a_film_removes_only_this_one(
    api: Api, account: Account, films: list[Json]
) -> None:
    """A favorite that was removed is gone, and the others stay."""
    like(api, account, *films[:2])
    api.delete(f"/favorites/movies/{films[0]['id']}/", headers=account.headers)
    assert favorites(api, account) == [films[1]]


def test_unliking_a_film_that_is_no_favorite_answers_the_same(
    api: Api, account: Account, film: Json
) -> None:
    """Removing a favorite that is none answers 204 too."""
    response = api.delete(f"/favorites/movies/{film['id']}/", headers=account.headers)
    assert (response.status_code, response.content) == (204, b"")


def test_favorites_are_ones_own(api: Api, account: Account, reader: Account, film: Json) -> None:
    """Nobody sees the favorites of somebody else among their own."""
    like(api, account, film)
    assert favorites(api, reader) == []


def test_a_film_says_whether_it_is_ones_favorite(
    api: Api, account: Account, films: list[Json]
) -> None:
    """With an access token a film says whether one likes it."""
    like(api, account, films[0])
    answers = [api.get(f"/movies/{film['id']}/", headers=account.headers) for film in films[:2]]
    assert [answer.json()["is_favorite"] for answer in answers] == [True, False]


def test_a_film_does_not_say_it_to_others(
    api: Api, account: Account, reader: Account, film: Json
) -> None:
    """Whether one likes a film is not said to others, and null to whoever is not signed in."""
    like(api, account, film)
    path = f"/movies/{film['id']}/"
    answers = [api.get(path, headers=reader.headers), api.get(path)]
    assert [answer.json()["is_favorite"] for answer in answers] == [False, None]


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


def test_a_film_forgets_who_does_not_like_it_any_more(
    api: Api, account: Account, film: Json
) -> None:
    """Removing a favorite, even twice, lowers the count by one."""
    before = favorites_count(api, film)
    like(api, account, film)
    for _ in range(2):
        api.delete(f"/favorites/movies/{film['id']}/", headers=account.headers)
    assert favorites_count(api, film) == before


def test_a_film_forgets_accounts_that_are_gone(api: Api, account: Account, film: Json) -> None:
    """Deleting an account lowers the counts of the films it liked."""
    before = favorites_count(api, film)
    like(api, account, film)
    api.request("DELETE", "/user/", json={"password": account.password}, headers=account.headers)
    assert favorites_count(api, film) == before

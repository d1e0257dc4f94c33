"""Favorites"""

from __future__ import annotations

import pytest

from tests.contract.client import Account, Api, Json, needed
from tests.contract.notebook import CannotCheckError

pytestmark = pytest.mark.brief

PAGE_SIZE = 12


@pytest.fixture
def fan(api: Api, reader: Account, film: Json) -> Account:
    """Somebody who likes one film."""
    needed(api.post(f"/favorites/movies/{film['id']}/", headers=reader.headers))
    return reader


def favorite_ids(api: Api, account: Account, **params: int) -> list[int]:
    found = needed(api.get("/favorites/movies/", params=params, headers=account.headers)).json()
    return [film["id"] for film in found]


def test_a_favorite_can_be_added(api: Api, reader: Account, film: Json) -> None:
    """After `POST /favorites/movies/{id}` the film is in the list of favorites."""
    assert api.post(f"/favorites/movies/{film['id']}/", headers=reader.headers).is_success
    assert film["id"] in favorite_ids(api, reader)


def test_favorites_are_films(api: Api, fan: Account, film: Json) -> None:
    """The list of favorites shows films, with their titles."""
    found = needed(api.get("/favorites/movies/", headers=fan.headers)).json()
    assert film["title"] in [favorite["title"] for favorite in found]


def test_a_film_is_a_favorite_once(api: Api, fan: Account, film: Json) -> None:
    """A film that is added twice is in the list of favorites once."""
    api.post(f"/favorites/movies/{film['id']}/", headers=fan.headers)
    assert favorite_ids(api, fan).count(film["id"]) == 1


def test_favorites_are_ones_own(api: Api, fan: Account, account: Account) -> None:
    """Everybody has favorites of their own: somebody new has none."""
    assert favorite_ids(api, account) == []


def test_a_favorite_can_be_removed(api: Api, fan: Account, film: Json) -> None:
    """After `DELETE /favorites/movies/{id}` the film is no longer in the list of favorites."""
    assert api.delete(f"/favorites/movies/{film['id']}/", headers=fan.headers).is_success
    assert film["id"] not in favorite_ids(api, fan)


def test_favorites_come_in_pages(api: Api, account: Account) -> None:
    """The list of favorites is paged like every list: 12 on a page, the rest on the next."""
    films = api.listed("/movies/")[: PAGE_SIZE + 1]
    if len(films) <= PAGE_SIZE:
        raise CannotCheckError(f"there are {len(films)} films, which fit on one page")
    for film in films:
        needed(api.post(f"/favorites/movies/{film['id']}/", headers=account.headers))
    pages = [favorite_ids(api, account, page=page) for page in (1, 2)]
    assert [len(page) for page in pages] == [PAGE_SIZE, 1]
    assert sorted(pages[0] + pages[1]) == sorted(film["id"] for film in films)

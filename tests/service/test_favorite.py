from __future__ import annotations

from unittest.mock import Mock, call

import pytest

from dao.base import MissingReference, Window
from dao.models import Movie
from service.errors import BadToken, NotFound
from service.favorite import FavoriteService
from tests.service.doubles import Clock, Transaction
from tests.support.builders import a_movie, a_page, found

USER, FILM = 7, 5
GET, LOCK = call.movies.get(FILM), call.movies.lock(FILM)
NO_FILM = "^There is no film with this id.$"


@pytest.fixture
def service(
    favorites: Mock, movies: Mock, transaction: Transaction, clock: Clock
) -> FavoriteService:
    return FavoriteService(favorites, movies, transaction, clock)


@pytest.fixture(autouse=True)
def film(movies: Mock) -> Movie:
    film = a_movie()
    movies.get.return_value = movies.get_favorite.return_value = film
    movies.lock.return_value = True
    return film


def test_finds_all_favorites_of_the_user(service: FavoriteService, movies: Mock) -> None:
    movies.find_favorites.return_value = found("a", "b", total=2)
    assert service.find(USER) == a_page("a", "b", total=2, number=None, size=12)
    movies.find_favorites.assert_called_once_with(USER, None)


def test_finds_a_page_of_the_favorites_of_the_user(service: FavoriteService, movies: Mock) -> None:
    movies.find_favorites.return_value = found("a", total=11)
    assert service.find(USER, page=3, per_page=5) == a_page("a", total=11, number=3, size=5)
    movies.find_favorites.assert_called_once_with(USER, Window(offset=10, limit=5))


def test_gets_a_film_that_is_a_favorite(
    service: FavoriteService, movies: Mock, film: Movie
) -> None:
    assert service.get(USER, FILM) is film
    movies.get_favorite.assert_called_once_with(USER, FILM)


def test_refuses_a_film_that_is_no_favorite(service: FavoriteService, movies: Mock) -> None:
    movies.get_favorite.return_value = None
    with pytest.raises(NotFound, match=r"^This film is not one of your favorites.$"):
        service.get(USER, FILM)


def test_makes_a_film_a_favorite_since_now(
    service: FavoriteService, film: Movie, clock: Clock, calls: Mock
) -> None:
    assert service.add(USER, FILM) is film
    added = call.favorites.add(USER, FILM, clock.now)
    assert calls.mock_calls == [call.begin(), GET, added, call.commit()]


def test_refuses_to_make_an_unknown_film_a_favorite(
    service: FavoriteService, movies: Mock, calls: Mock
) -> None:
    movies.get.return_value = None
    with pytest.raises(NotFound, match=NO_FILM):
        service.add(USER, FILM)
    assert calls.mock_calls == [call.begin(), GET, call.roll_back()]


def test_refuses_a_favorite_of_an_account_that_is_gone(
    service: FavoriteService, favorites: Mock, calls: Mock
) -> None:
    favorites.add.side_effect = MissingReference
    with pytest.raises(BadToken, match=r"^This account does not exist any more.$"):
        service.add(USER, FILM)
    assert calls.mock_calls[-1] == call.roll_back()


def test_locks_a_film_before_it_deletes_the_favorite(service: FavoriteService, calls: Mock) -> None:
    service.remove(USER, FILM)
    deleted = call.favorites.delete(USER, FILM)
    assert calls.mock_calls == [call.begin(), LOCK, deleted, call.commit()]


def test_refuses_to_make_an_unknown_film_no_favorite(
    service: FavoriteService, movies: Mock, calls: Mock
) -> None:
    movies.lock.return_value = False
    with pytest.raises(NotFound, match=NO_FILM):
        service.remove(USER, FILM)
    assert calls.mock_calls == [call.begin(), LOCK, call.roll_back()]

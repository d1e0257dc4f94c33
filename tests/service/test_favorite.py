from __future__ import annotations

from unittest.mock import Mock

import pytest

from dao.base import MissingReference, Window
from service.errors import BadToken, NotFound
from service.favorite import FavoriteService
from tests.service.doubles import Clock, RecordingTransaction
from tests.support.builders import a_movie, a_page, found

USER, FILM = 7, 5


@pytest.fixture
def service(
    favorites: Mock, movies: Mock, transaction: RecordingTransaction, clock: Clock
) -> FavoriteService:
    return FavoriteService(
        transaction.watch("favorites", favorites),
        transaction.watch("movies", movies),
        transaction,
        clock,
    )


def test_finds_all_favorites_of_the_user(service: FavoriteService, movies: Mock) -> None:
    movies.find_favorites.return_value = found("a", "b", total=2)
    assert service.find(USER) == a_page("a", "b", total=2, number=None, size=12)
    movies.find_favorites.assert_called_once_with(USER, None)


def test_finds_a_page_of_the_favorites_of_the_user(service: FavoriteService, movies: Mock) -> None:
    movies.find_favorites.return_value = found("a", total=11)
    assert service.find(USER, page=3, per_page=5) == a_page("a", total=11, number=3, size=5)
    movies.find_favorites.assert_called_once_with(USER, Window(offset=10, limit=5))


def test_gets_a_film_that_is_a_favorite(service: FavoriteService, movies: Mock) -> None:
    film = a_movie()
    movies.get_favorite.return_value = film
    assert service.get(USER, FILM) is film
    movies.get_favorite.assert_called_once_with(USER, FILM)


def test_refuses_a_film_that_is_no_favorite(service: FavoriteService, movies: Mock) -> None:
    movies.get_favorite.return_value = None
    with pytest.raises(NotFound, match=r"This film is not one of your favorites."):
        service.get(USER, FILM)


def test_makes_a_film_a_favorite_since_now(
    service: FavoriteService, favorites: Mock, movies: Mock, clock: Clock
) -> None:
    film = a_movie()
    movies.get.return_value = film
    assert service.add(USER, FILM) is film
    favorites.add.assert_called_once_with(USER, FILM, clock.now)


def test_makes_a_film_a_favorite_in_one_transaction(
    service: FavoriteService, transaction: RecordingTransaction
) -> None:
    service.add(USER, FILM)
    assert transaction.log == ["begin", "movies.get", "favorites.add", "commit"]


def test_refuses_to_make_an_unknown_film_a_favorite(
    service: FavoriteService, movies: Mock, transaction: RecordingTransaction
) -> None:
    movies.get.return_value = None
    with pytest.raises(NotFound, match=r"There is no film with this id."):
        service.add(USER, FILM)
    assert transaction.log == ["begin", "movies.get", "roll back"]


def test_refuses_a_favorite_of_an_account_that_is_gone(
    service: FavoriteService, favorites: Mock, transaction: RecordingTransaction
) -> None:
    favorites.add.side_effect = MissingReference
    with pytest.raises(BadToken, match=r"This account does not exist any more."):
        service.add(USER, FILM)
    assert transaction.committed == []


def test_makes_a_film_no_favorite(service: FavoriteService, favorites: Mock, movies: Mock) -> None:
    movies.lock.return_value = True
    service.remove(USER, FILM)
    movies.lock.assert_called_once_with(FILM)
    favorites.delete.assert_called_once_with(USER, FILM)


def test_locks_a_film_before_it_deletes_the_favorite(
    service: FavoriteService, movies: Mock, transaction: RecordingTransaction
) -> None:
    movies.lock.return_value = True
    service.remove(USER, FILM)
    assert transaction.log == ["begin", "movies.lock", "favorites.delete", "commit"]


def test_refuses_to_make_an_unknown_film_no_favorite(
    service: FavoriteService, movies: Mock, transaction: RecordingTransaction
) -> None:
    movies.lock.return_value = False
    with pytest.raises(NotFound, match=r"There is no film with this id."):
        service.remove(USER, FILM)
    assert transaction.log == ["begin", "movies.lock", "roll back"]

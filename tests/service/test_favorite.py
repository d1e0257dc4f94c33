from __future__ import annotations

from collections.abc import Callable
from unittest.mock import Mock, call

import pytest

from dao.base import MissingReference
from service.errors import BadToken, NotFound
from service.favorite import FavoriteService
from tests.service.doubles import CALLER, Clock, Transaction
from tests.support.builders import a_movie, a_page

USER, MOVIE_ID = CALLER.user_id, 5
BEGIN = [call.begin(), call.caller(CALLER)]
GET, LOCK = call.movies.get(MOVIE_ID), call.movies.lock(MOVIE_ID)
NO_MOVIE = "^There is no film with this id.$"
MOVIE = a_movie(id=MOVIE_ID)


@pytest.fixture
def service(doubles: Mock, transaction: Transaction, clock: Clock) -> FavoriteService:
    """The film exists, and is a favorite."""
    doubles.movies.get.return_value = doubles.movies.get_favorite.return_value = MOVIE
    doubles.movies.lock.return_value = True
    return FavoriteService(doubles.favorites, doubles.movies, doubles.caller, transaction, clock)


def test_finds_a_page_of_the_favorites_of_the_user(service: FavoriteService, doubles: Mock) -> None:
    page = a_page("a", total=11, number=3, size=5)
    doubles.movies.find_favorites.return_value = page
    assert service.find(USER, page=3, per_page=5) is page
    assert doubles.mock_calls == [call.movies.find_favorites(USER, 3, 5)]


def test_gets_a_film_that_is_a_favorite(service: FavoriteService, doubles: Mock) -> None:
    assert service.get(USER, MOVIE_ID) is MOVIE
    assert doubles.mock_calls == [call.movies.get_favorite(USER, MOVIE_ID)]


def test_refuses_a_film_that_is_no_favorite(service: FavoriteService, doubles: Mock) -> None:
    doubles.movies.get_favorite.return_value = None
    with pytest.raises(NotFound, match=r"^This film is not one of your favorites.$"):
        service.get(USER, MOVIE_ID)


def test_adds_a_favorite_since_now(service: FavoriteService, clock: Clock, doubles: Mock) -> None:
    assert service.add(CALLER, MOVIE_ID) is MOVIE
    added = call.favorites.add(USER, MOVIE_ID, clock.now)
    assert doubles.mock_calls == [*BEGIN, GET, added, call.commit()]


def test_refuses_to_add_an_unknown_film(service: FavoriteService, doubles: Mock) -> None:
    doubles.movies.get.return_value = None
    with pytest.raises(NotFound, match=NO_MOVIE):
        service.add(CALLER, MOVIE_ID)
    assert doubles.mock_calls == [*BEGIN, GET, call.roll_back()]


def test_refuses_a_film_that_is_deleted_meanwhile(service: FavoriteService, doubles: Mock) -> None:
    doubles.favorites.add.side_effect = MissingReference
    with pytest.raises(NotFound, match=NO_MOVIE):
        service.add(CALLER, MOVIE_ID)
    assert doubles.mock_calls[-1] == call.roll_back()


@pytest.mark.parametrize("write", [FavoriteService.add, FavoriteService.remove])
def test_writes_nothing_for_a_session_that_has_ended(
    service: FavoriteService, doubles: Mock, write: Callable[..., object]
) -> None:
    doubles.caller.side_effect = BadToken("The session has ended.")
    with pytest.raises(BadToken):
        write(service, CALLER, MOVIE_ID)
    assert doubles.mock_calls == [*BEGIN, call.roll_back()]


def test_locks_a_film_to_remove_a_favorite(service: FavoriteService, doubles: Mock) -> None:
    service.remove(CALLER, MOVIE_ID)
    deleted = call.favorites.delete(USER, MOVIE_ID)
    assert doubles.mock_calls == [*BEGIN, LOCK, deleted, call.commit()]


def test_refuses_to_remove_an_unknown_film(service: FavoriteService, doubles: Mock) -> None:
    doubles.movies.lock.return_value = False
    with pytest.raises(NotFound, match=NO_MOVIE):
        service.remove(CALLER, MOVIE_ID)
    assert doubles.mock_calls == [*BEGIN, LOCK, call.roll_back()]

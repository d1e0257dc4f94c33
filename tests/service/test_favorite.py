from typing import Any
from unittest.mock import Mock, call

import pytest

from dao.base import MissingReference
from service.errors import NotFound
from service.favorite import FavoriteService
from tests.service.doubles import CALLER, Clock, Transaction

USER, MOVIE_ID = CALLER.user_id, 5
BEGIN = [call.begin(), call.caller(CALLER)]
MOVIE = {"id": MOVIE_ID, "is_favorite": False}


@pytest.fixture
def service(doubles: Mock, transaction: Transaction, clock: Clock) -> FavoriteService:
    """The film exists."""
    doubles.movies.get.return_value = MOVIE
    doubles.movies.lock.return_value = True
    return FavoriteService(doubles.favorites, doubles.movies, doubles.caller, transaction, clock)


def test_gets_a_film_that_is_a_favorite(service: FavoriteService, doubles: Mock) -> None:
    favorite = doubles.movies.get.return_value = {**MOVIE, "is_favorite": True}
    assert service.get(USER, MOVIE_ID) is favorite
    assert doubles.mock_calls == [call.movies.get(MOVIE_ID, USER)]


@pytest.mark.parametrize("found", [None, MOVIE])
def test_refuses_a_film_that_is_no_favorite(
    service: FavoriteService, doubles: Mock, found: dict[str, Any] | None
) -> None:
    doubles.movies.get.return_value = found
    with pytest.raises(NotFound, match=r"^This film is not one of your favorites.$"):
        service.get(USER, MOVIE_ID)


def test_adds_a_favorite_since_now(service: FavoriteService, clock: Clock, doubles: Mock) -> None:
    assert service.add(CALLER, MOVIE_ID) is MOVIE
    added = call.favorites.add(USER, MOVIE_ID, clock.now)
    assert doubles.mock_calls == [*BEGIN, call.movies.get(MOVIE_ID), added, call.commit()]


def test_refuses_a_film_that_is_deleted_meanwhile(service: FavoriteService, doubles: Mock) -> None:
    doubles.favorites.add.side_effect = MissingReference
    with pytest.raises(NotFound, match=r"^There is no film with this id.$"):
        service.add(CALLER, MOVIE_ID)
    assert doubles.mock_calls[-1] == call.roll_back()


def test_locks_a_film_to_remove_a_favorite(service: FavoriteService, doubles: Mock) -> None:
    service.remove(CALLER, MOVIE_ID)
    removed = [call.movies.lock(MOVIE_ID), call.favorites.delete(USER, MOVIE_ID)]
    assert doubles.mock_calls == [*BEGIN, *removed, call.commit()]

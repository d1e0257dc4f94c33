from __future__ import annotations

from unittest.mock import Mock

import pytest

from dao.lists import MovieFilter
from service.errors import NotFound
from service.movie import MovieService
from tests.support.builders import a_movie, a_page


@pytest.fixture
def service(movies: Mock) -> MovieService:
    return MovieService(movies)


@pytest.mark.parametrize("user_id", [None, 7])
def test_gets_a_film_for_a_user_or_nobody(
    service: MovieService, movies: Mock, user_id: int | None
) -> None:
    film = a_movie()
    movies.get.return_value = film
    assert service.get(5, user_id) is film
    movies.get.assert_called_once_with(5, user_id)


def test_refuses_an_unknown_film(service: MovieService, movies: Mock) -> None:
    movies.get.return_value = None
    with pytest.raises(NotFound, match=r"There is no film with this id."):
        service.get(5)


def test_finds_all_films_in_the_order_of_the_database(service: MovieService, movies: Mock) -> None:
    page = a_page("a", "b", total=2)
    movies.find.return_value = page
    assert service.find() is page
    movies.find.assert_called_once_with(MovieFilter(), "id", None, 12)


def test_finds_a_page_of_the_films_that_fit_in_the_order_that_is_wanted(
    service: MovieService, movies: Mock
) -> None:
    service.find(order="newest", page=3, per_page=5, genre_ids=(1,), director_id=2, year=1972)
    wanted = MovieFilter(genre_ids=(1,), director_id=2, year=1972)
    movies.find.assert_called_once_with(wanted, "newest", 3, 5)

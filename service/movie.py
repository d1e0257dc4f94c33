"""Films to read."""

from __future__ import annotations

from constants import PAGE_SIZE
from dao.lists import MovieFilter
from dao.models import Movie
from dao.movie import MovieDAO
from helpers.pages import Page
from helpers.text import fold
from service.errors import NotFound


class MovieService:
    def __init__(self, movies: MovieDAO) -> None:
        self._movies = movies

    def get(self, movie_id: int, user_id: int | None = None) -> Movie:
        """Return the film; its `is_favorite` is None without a user. Raises NotFound."""
        movie = self._movies.get(movie_id, user_id)
        if movie is None:
            raise NotFound("There is no film with this id.")
        return movie

    def find(
        self,
        *,
        order: str = "id",
        page: int | None = None,
        per_page: int = PAGE_SIZE,
        genre_id: int | None = None,
        director_id: int | None = None,
        year: int | None = None,
        title_part: str | None = None,
    ) -> Page:
        """Return a page of the films that fit, or all of them, in one of the DAO's orders.

        `title_part` is looked for without regard to case, and to ё for е. One of fewer than three
        characters is what a title has to begin with.
        """
        wanted = MovieFilter(
            genre_id=genre_id,
            director_id=director_id,
            year=year,
            title_part=None if title_part is None else fold(title_part),
        )
        return self._movies.find(wanted, order, page, per_page)

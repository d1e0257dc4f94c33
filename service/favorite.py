"""The films that a user likes."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager

from constants import PAGE_SIZE
from dao.base import MissingReference
from dao.favorite import FavoriteDAO
from dao.models import Movie
from dao.movie import MovieDAO
from helpers.pages import Page
from service.errors import BadToken, NotFound


class FavoriteService:
    """`clock` gives microseconds since the epoch."""

    def __init__(
        self,
        favorites: FavoriteDAO,
        movies: MovieDAO,
        transaction: Callable[[], AbstractContextManager[None]],
        clock: Callable[[], int],
    ) -> None:
        self._favorites = favorites
        self._movies = movies
        self._transaction = transaction
        self._clock = clock

    def find(self, user_id: int, page: int | None = None, per_page: int = PAGE_SIZE) -> Page:
        """Return a page of the user's films, or all of them, newest favorite first."""
        return self._movies.find_favorites(user_id, page, per_page)

    def get(self, user_id: int, movie_id: int) -> Movie:
        """Return the film if it is a favorite. Raises NotFound."""
        movie = self._movies.get_favorite(user_id, movie_id)
        if movie is None:
            raise NotFound("This film is not one of your favorites.")
        return movie

    def add(self, user_id: int, movie_id: int) -> Movie:
        """Make the film a favorite, if it is none yet, and return it.

        Raises NotFound when there is no such film, BadToken when the account is gone.
        """
        with self._transaction():
            movie = self._movies.get(movie_id)
            if movie is None:
                raise NotFound("There is no film with this id.")
            try:
                self._favorites.add(user_id, movie_id, self._clock())
            except MissingReference as error:  # Films stay, so it is the account that has gone.
                raise BadToken("This account does not exist any more.") from error
        return movie

    def remove(self, user_id: int, movie_id: int) -> None:
        """See to it that the film is no favorite. Raises NotFound when there is no such film."""
        with self._transaction():
            # The film before its favorite, as where an account is deleted: no deadlock.
            if not self._movies.lock(movie_id):
                raise NotFound("There is no film with this id.")
            self._favorites.delete(user_id, movie_id)

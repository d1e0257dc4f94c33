"""The favorite films of users."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Any

from constants import PAGE_SIZE
from dao.base import MissingReference
from dao.favorite import FavoriteDAO
from dao.movie import MovieDAO
from helpers.pages import Page
from helpers.tokens import Claims
from service.caller import CallerLock
from service.errors import NotFound
from service.movie import NO_MOVIE


@dataclass(frozen=True)
class FavoriteService:
    """Lists and changes favorites. `microseconds` returns the time since the epoch."""

    _favorites: FavoriteDAO
    _movies: MovieDAO
    _lock_caller: CallerLock
    _transaction: Callable[[], AbstractContextManager[None]]
    _microseconds: Callable[[], int]

    def find(self, user_id: int, page: int | None = None, per_page: int = PAGE_SIZE) -> Page:
        """Return a page of the user's favorites, or all of them, newest favorite first."""
        return self._movies.find_favorites(user_id, page, per_page)

    def find_ids(self, user_id: int, page: int | None = None, per_page: int = PAGE_SIZE) -> Page:
        """Return only the ids of the same films."""
        return self._movies.find_favorites(user_id, page, per_page, ids_only=True)

    def get(self, user_id: int, movie_id: int) -> dict[str, Any]:
        """Return the film if it is a favorite. Raises NotFound."""
        movie = self._movies.get(movie_id, user_id)
        if movie is None or not movie["is_favorite"]:
            raise NotFound("This film is not one of your favorites.")
        return movie

    def add(self, caller: Claims, movie_id: int) -> dict[str, Any]:
        """Add the film to the favorites, unless it is there already, and return it.

        Raises NotFound for an unknown film, and BadToken when the session has ended.
        """
        with self._transaction():
            self._lock_caller(caller)
            movie = self._movies.get(movie_id)
            if movie is None:
                raise NotFound(NO_MOVIE)
            try:
                self._favorites.add(caller.user_id, movie_id, self._microseconds())
            except MissingReference as error:  # An import has just deleted it.
                raise NotFound(NO_MOVIE) from error
        return movie

    def remove(self, caller: Claims, movie_id: int) -> None:
        """Remove the film from the favorites. Raises NotFound and BadToken as `add` does."""
        with self._transaction():
            self._lock_caller(caller)
            # As in the deletion of an account, the film is locked before its favorite: no deadlock.
            if not self._movies.lock(movie_id):
                raise NotFound(NO_MOVIE)
            self._favorites.delete(caller.user_id, movie_id)

"""Reading films."""

from dataclasses import dataclass
from typing import Any

from constants import PAGE_SIZE
from dao.lists import MovieFilter
from dao.movie import MovieDAO
from helpers.pages import Page
from service.errors import NotFound

NO_MOVIE = "There is no film with this id."


@dataclass(frozen=True)
class MovieService:
    _movies: MovieDAO

    def get(self, movie_id: int, user_id: int | None = None) -> dict[str, Any]:
        """Return the film by column name; `is_favorite` is None without a user. Raises NotFound."""
        movie = self._movies.get(movie_id, user_id)
        if movie is None:
            raise NotFound(NO_MOVIE)
        return movie

    def find(
        self,
        *,
        order: str = "id",
        page: int | None = None,
        per_page: int = PAGE_SIZE,
        **wanted: Any,
    ) -> Page:
        """Return a page of the films that match `MovieFilter(**wanted)`, or all of them."""
        return self._movies.find(MovieFilter(**wanted), order, page, per_page)

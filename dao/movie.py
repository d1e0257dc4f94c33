"""Films."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, Select, bindparam, exists, null, select
from sqlalchemy.orm import joinedload, with_expression

from dao.base import visible
from dao.lists import MovieListDAO
from dao.models import Favorite, Movie


class MovieDAO(MovieListDAO):
    """Films are always read together with their genre and director."""

    def get(self, movie_id: int, user_id: int | None = None) -> Movie | None:
        """Return the film, or None.

        Its `is_favorite` says whether it is one of the user's, and is None without a user.
        """
        values = {"movie_id": movie_id, **({} if user_id is None else {"user_id": user_id})}
        query = _GET if user_id is None else _GET_FOR_USER
        # What this session has read for somebody else does not count.
        return self._session.scalar(query, values, execution_options={"populate_existing": True})

    def get_favorite(self, user_id: int, movie_id: int) -> Movie | None:
        """Return the film if it is one of the user's favorites, else None."""
        return self._session.scalar(_GET_FAVORITE, {"movie_id": movie_id, "user_id": user_id})

    def lock(self, movie_id: int) -> bool:
        """Lock the film's row for the transaction; False when there is no such film."""
        query = select(Movie.id).where(Movie.id == movie_id, visible(Movie))
        return self._session.scalar(query.with_for_update(key_share=True)) is not None


def _with_credits(query: Select[Movie]) -> Select[Movie]:
    return query.where(Movie.id == bindparam("movie_id")).options(
        joinedload(Movie.genre, innerjoin=True), joinedload(Movie.director, innerjoin=True)
    )


def _with_favorite(is_favorite: ColumnElement[Any]) -> Select[Movie]:
    movie = select(Movie).where(visible(Movie))
    return _with_credits(movie).options(with_expression(Movie.is_favorite, is_favorite))


# Built once, with names for values: building one takes longer than running it.
_IS_THEIRS = Favorite.user_id == bindparam("user_id")
_GET = _with_favorite(null())
_GET_FOR_USER = _with_favorite(
    exists().where(_IS_THEIRS, Favorite.movie_id == bindparam("movie_id"))
)
_GET_FAVORITE = _with_credits(select(Movie).join(Favorite).where(_IS_THEIRS))

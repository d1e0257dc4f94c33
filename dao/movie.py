"""Films."""

from __future__ import annotations

from sqlalchemy import bindparam, exists, null, select
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
        query = _GET if user_id is None else _GET_FOR_USER
        values = {"movie_id": movie_id, "user_id": user_id}
        # What this session has read for somebody else does not count.
        return self._session.scalar(query, values, execution_options={"populate_existing": True})

    def lock(self, movie_id: int) -> bool:
        """Lock the film's row for the transaction; False when there is no such film."""
        query = select(Movie.id).where(Movie.id == movie_id, visible(Movie))
        return self._session.scalar(query.with_for_update(key_share=True)) is not None


# Built once, with names for values: building one takes longer than running it.
_MOVIE = (
    select(Movie)
    .where(Movie.id == bindparam("movie_id"), visible(Movie))
    .options(joinedload(Movie.genre, innerjoin=True), joinedload(Movie.director, innerjoin=True))
)
_IS_THEIRS = exists().where(
    Favorite.user_id == bindparam("user_id"), Favorite.movie_id == bindparam("movie_id")
)
_GET = _MOVIE.options(with_expression(Movie.is_favorite, null()))
_GET_FOR_USER = _MOVIE.options(with_expression(Movie.is_favorite, _IS_THEIRS))

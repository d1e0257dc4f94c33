"""Films."""

from typing import Any

from sqlalchemy import and_, bindparam, select

from dao.base import visible
from dao.lists import MOVIE_COLUMNS, MovieListDAO
from dao.models import Favorite, Movie

_COLUMNS = (*MOVIE_COLUMNS, "favorites_count")


class MovieDAO(MovieListDAO):
    """Reads films together with their genre and director. `find` is inherited from dao/lists."""

    def get(self, movie_id: int, user_id: int | None = None) -> dict[str, Any] | None:
        """Return the film by column name, or None; `is_favorite` is None without a user."""
        rows = self._fetch(_GET, {"movie_id": movie_id, "user_id": user_id})
        if not rows:
            return None
        *values, fan_id = rows[0]
        is_favorite = None if user_id is None else fan_id is not None
        return {**dict(zip(_COLUMNS, values, strict=True)), "is_favorite": is_favorite}

    def lock(self, movie_id: int) -> bool:
        """Lock the film until the transaction ends, and return whether it exists."""
        return bool(self._fetch(_LOCK, {"movie_id": movie_id}))


_IS_VISIBLE = Movie.id == bindparam("movie_id"), visible(Movie)
_IS_FAVORITE = and_(Favorite.movie_id == Movie.id, Favorite.user_id == bindparam("user_id"))
_GET = (
    select(*MOVIE_COLUMNS.values(), Movie.favorites_count, Favorite.user_id)
    .join(Movie.genre)
    .join(Movie.director)
    .outerjoin(Favorite, _IS_FAVORITE)
    .where(*_IS_VISIBLE)
)
_LOCK = select(Movie.id).where(*_IS_VISIBLE).with_for_update(key_share=True)

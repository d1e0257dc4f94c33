"""Films."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, exists, null, select
from sqlalchemy.orm import joinedload, with_expression

from dao.base import BaseDAO, Window
from dao.models import Favorite, Movie

# Every order is total, so that pages neither repeat nor skip a film.
_ORDERS: dict[str, tuple[ColumnElement[Any], ...]] = {
    "id": (Movie.id.asc(),),
    "newest": (Movie.year.desc(), Movie.id.desc()),
    "rating": (Movie.rating.desc().nulls_last(), Movie.id.asc()),
    "title": (Movie.folded_title.asc(), Movie.id.asc()),
}


@dataclass(frozen=True, kw_only=True)
class MovieFilter:
    """Which films are wanted; None means any."""

    genre_id: int | None = None
    director_id: int | None = None
    year: int | None = None


class MovieDAO(BaseDAO):
    """Films are always read together with their genre and director."""

    def get(self, movie_id: int, user_id: int | None = None) -> Movie | None:
        """Return the film, or None.

        Its `is_favorite` says whether it is one of the user's, and is None without a user.
        """
        mine: ColumnElement[Any] = null()
        if user_id is not None:
            mine = exists().where(Favorite.user_id == user_id, Favorite.movie_id == movie_id)
        query = select(Movie).where(Movie.id == movie_id)
        query = query.options(with_expression(Movie.is_favorite, mine))
        # What this session has read for somebody else is not kept.
        return self._session.scalar(_with_credits(query).execution_options(populate_existing=True))

    def lock(self, movie_id: int) -> bool:
        """Keep the film's row for the transaction; False when there is no such film."""
        locked = select(Movie.id).where(Movie.id == movie_id).with_for_update(key_share=True)
        return self._session.scalar(locked) is not None

    def find(
        self, wanted: MovieFilter, order: str = "id", window: Window | None = None
    ) -> tuple[list[Movie], int]:
        """Return films in the order "id", "newest", "rating" or "title", and the number of all.

        Newest: the later year first, then the higher id. Rating: highest first, unrated last.
        Title: by code points of the folded title. Ties of the last two go by ascending id.
        """
        query = select(Movie).order_by(*_ORDERS[order])
        for column, value in (
            (Movie.genre_id, wanted.genre_id),
            (Movie.director_id, wanted.director_id),
            (Movie.year, wanted.year),
        ):
            if value is not None:
                query = query.where(column == value)
        return self._list(_with_credits(query), window)

    def find_favorites(self, user_id: int, window: Window | None = None) -> tuple[list[Movie], int]:
        """Return the films that the user likes, newest favorite first, and the number of all."""
        query = (
            select(Movie)
            .join(Favorite)
            .where(Favorite.user_id == user_id)
            .order_by(Favorite.created_at.desc(), Favorite.movie_id.desc())
        )
        return self._list(_with_credits(query), window)

    def get_favorite(self, user_id: int, movie_id: int) -> Movie | None:
        """Return the film if it is one of the user's favorites, else None."""
        query = select(Movie).join(Favorite)
        mine = query.where(Favorite.user_id == user_id, Favorite.movie_id == movie_id)
        return self._session.scalar(_with_credits(mine))


def _with_credits(query: Select[Movie]) -> Select[Movie]:
    return query.options(
        joinedload(Movie.genre, innerjoin=True), joinedload(Movie.director, innerjoin=True)
    )

"""Films."""

from __future__ import annotations

from sqlalchemy import select

from dao.base import Window, visible
from dao.lists import movies as movie_queries
from dao.lists.movies import MovieFilter
from dao.lists.pages import Found, ListingDAO, cut
from dao.models import Favorite, Movie

_COLUMNS = tuple(movie_queries.CARD)


class MovieDAO(ListingDAO):
    """Films are always read together with their genre and director."""

    def get(self, movie_id: int, user_id: int | None = None) -> Movie | None:
        """Return the film, or None.

        Its `is_favorite` says whether it is one of the user's, and is None without a user.
        """
        query = movie_queries.film(for_user=user_id is not None)
        values = {"movie_id": movie_id, **({} if user_id is None else {"user_id": user_id})}
        # What this session has read for somebody else is not kept.
        options = {"populate_existing": True}
        return self._session.scalar(query, values, execution_options=options)

    def lock(self, movie_id: int) -> bool:
        """Keep the film's row for the transaction; False when there is no such film."""
        query = select(Movie.id).where(Movie.id == movie_id, visible(Movie))
        return self._session.scalar(query.with_for_update(key_share=True)) is not None

    def find(self, wanted: MovieFilter, order: str = "id", window: Window | None = None) -> Found:
        """Return films in the order "id", "newest", "rating", "title" or "popular".

        Newest: the later year first, then the higher id. Rating: highest first, unrated last.
        Title: by code points of the folded title. Popular: most favorites first. Ties of the last
        three go by ascending id. It takes one statement now and one while the rows are read.
        """
        plan, values = wanted.plan(self._session.get_bind().dialect.name)
        total, revision = self._known(movie_queries.length_of(plan), values)
        if window is None:
            rows = self._rows(movie_queries.all_films(plan, order), values, whole=True)
        elif window.offset < total:
            part = cut(window, total)
            query = movie_queries.films_within(plan, order, from_end=part.from_end)
            rows = self._rows(query, {**values, **part._asdict()}, whole=False)
        else:
            rows = iter(())
        return Found(rows, _COLUMNS, total, None if order == "popular" else revision)

    def find_favorites(self, user_id: int, window: Window | None = None) -> Found:
        """Return the films that the user likes, newest favorite first."""
        mine = {"user_id": user_id}
        total = self._session.scalar(movie_queries.number_of_favorites(), mine) or 0
        query = movie_queries.favorites(whole=window is None)
        values = {**mine, **(window._asdict() if window else {})}
        rows = self._rows(query, values, whole=window is None)
        return Found(rows, _COLUMNS, total, revision=None)

    def get_favorite(self, user_id: int, movie_id: int) -> Movie | None:
        """Return the film if it is one of the user's favorites, else None."""
        query = select(Movie).join(Favorite)
        mine = query.where(Favorite.user_id == user_id, Favorite.movie_id == movie_id)
        return self._session.scalar(movie_queries.with_credits(mine))

"""Favorites, and the number of them that is stored with each film."""

from collections import Counter
from collections.abc import Iterable
from functools import cached_property

from sqlalchemy import ColumnElement, delete, insert, select, update
from sqlalchemy.exc import IntegrityError

from dao.base import BaseDAO, MissingReference
from dao.models import Favorite, Movie
from helpers.database import Statement


class FavoriteDAO(BaseDAO):
    """Changes favorites together with the counts of their films."""

    @cached_property
    def _insert(self) -> Statement:
        return self._engine.insert(Favorite).on_conflict_do_nothing().returning(Favorite.movie_id)

    def add(self, user_id: int, movie_id: int, created_at: int) -> None:
        """Add the favorite unless it exists. `created_at` is in microseconds.

        Raises MissingReference if the user or the film does not exist.
        """
        row = {"user_id": user_id, "movie_id": movie_id, "created_at": created_at}
        try:
            inserted = self._fetch(self._insert, row)
        except IntegrityError as error:
            raise MissingReference from error
        if inserted:
            self._count(Movie.id == movie_id, 1)

    def add_all(self, favorites: Iterable[tuple[int, int, int]]) -> None:
        """Add new favorites, each given as user, film and `created_at`."""
        names = ("user_id", "movie_id", "created_at")
        rows = [dict(zip(names, favorite, strict=True)) for favorite in favorites]
        if rows:
            self._execute(insert(Favorite), rows)
        counts = Counter(row["movie_id"] for row in rows)
        for number in set(counts.values()):
            alike = [movie_id for movie_id, count in counts.items() if count == number]
            self._count(Movie.id.in_(alike), number)

    def delete(self, user_id: int, movie_id: int) -> None:
        """Delete the favorite if it exists."""
        favorite = Favorite.user_id == user_id, Favorite.movie_id == movie_id
        if self._execute(delete(Favorite).where(*favorite)).rowcount:
            self._count(Movie.id == movie_id, -1)

    def delete_all(self, user_id: int) -> None:
        """Delete all favorites of the user."""
        favorites = Movie.id.in_(select(Favorite.movie_id).where(Favorite.user_id == user_id))
        # Concurrent deletions of accounts lock the films that they share in the same order.
        in_order = select(Movie.id).where(favorites).order_by(Movie.id)
        self._execute(in_order.with_for_update(key_share=True)).all()
        self._count(favorites, -1)
        self._execute(delete(Favorite).where(Favorite.user_id == user_id))

    def _count(self, movies: ColumnElement[bool], change: int) -> None:
        self._execute(
            update(Movie).where(movies).values(favorites_count=Movie.favorites_count + change)
        )

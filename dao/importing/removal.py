"""Taking away what a file does not have."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import ColumnElement, Executable, Table, delete, func, insert, select, update

from dao.base import BaseDAO, visible
from dao.importing import tables
from dao.importing.tables import is_of
from dao.models import CatalogueRow, Director, Favorite, Genre, Movie, User


@dataclass(frozen=True, kw_only=True)
class Others:
    """How many rows of ours a file does not have, and how many favorites those films are."""

    movies: int = 0
    favorites: int = 0
    directors: int = 0
    genres: int = 0

    @property
    def any(self) -> bool:
        return any(vars(self).values())


class RemovalDAO(BaseDAO):
    """Works with the tables that StagingDAO has filled, on the same connection.

    What is deleted is told by position: rows after so many, at most `limit` of them. Films go
    first, directors and genres refer to nothing but them. Each method returns how many went.
    """

    def find_others(self, source: str) -> Others:
        """Find what may be seen and is not in the file."""
        genres, directors, movies = tables.genres.c, tables.directors.c, tables.movies.c
        self._find(tables.other_genres, Genre, Genre.folded_name == genres.folded_name)
        self._find(tables.other_directors, Director, is_of(Director, source, directors.external_id))
        self._find(tables.other_movies, Movie, is_of(Movie, source, movies.external_id))
        other_films = select(func.sum(Movie.favorites_count)).join(
            tables.other_movies, tables.other_movies.c.id == Movie.id
        )
        return Others(
            movies=self._count(tables.other_movies),
            favorites=self._session.scalar(other_films) or 0,
            directors=self._count(tables.other_directors),
            genres=self._count(tables.other_genres),
        )

    def delete_movies(self, after: int, limit: int) -> int:
        """Delete films with their favorites."""
        ids = self._ids(tables.other_movies, after, limit)
        # Whoever adds a favorite holds its film until it is there, and waits for us otherwise.
        self._session.execute(
            select(Movie.id).where(Movie.id.in_(ids)).order_by(Movie.id).with_for_update()
        ).all()
        self._run(delete(Favorite).where(Favorite.movie_id.in_(ids)))
        self._run(delete(Movie).where(Movie.id.in_(ids)))
        return len(ids)

    def delete_directors(self, after: int, limit: int) -> int:
        ids = self._ids(tables.other_directors, after, limit)
        self._run(delete(Director).where(Director.id.in_(ids)))
        return len(ids)

    def delete_genres(self, after: int, limit: int) -> int:
        """Delete genres; whoever has one as a favorite has none then."""
        ids = self._ids(tables.other_genres, after, limit)
        forget = update(User).where(User.favorite_genre_id.in_(ids)).values(favorite_genre_id=None)
        # Users before genres, as whoever chooses a genre has locked them: no deadlock. Once the
        # genres are locked nobody else can choose them.
        self._run(forget)
        self._session.execute(select(Genre.id).where(Genre.id.in_(ids)).with_for_update()).all()
        self._run(forget)
        self._run(delete(Genre).where(Genre.id.in_(ids)))
        return len(ids)

    def _find(
        self, others: Table, model: type[CatalogueRow], is_in_file: ColumnElement[bool]
    ) -> None:
        given = {Genre: tables.genres, Director: tables.directors, Movie: tables.movies}[model]
        in_file = select(model.id).join(given, is_in_file)
        ids = select(model.id).where(visible(model)).except_(in_file).subquery().c
        self._run(insert(others).from_select(["id"], select(ids.id).order_by(ids.id)))

    def _count(self, others: Table) -> int:
        return self._session.scalar(select(func.count()).select_from(others)) or 0

    def _ids(self, others: Table, after: int, limit: int) -> list[int]:
        is_next = others.c.position.between(after + 1, after + limit)
        return list(self._session.scalars(select(others.c.id).where(is_next)))

    def _run(self, statement: Executable) -> None:
        self._session.execute(statement, execution_options={"synchronize_session": False})

"""What a file brings, in temporary tables, and how it differs from what is there."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import islice
from typing import Any

from sqlalchemy import ColumnElement, Table, and_, func, insert, or_, select

from dao.base import BaseDAO, visible
from dao.importing.columns import staged_row
from dao.importing.tables import (
    WRITTEN_VALUES,
    changed_movies,
    directors,
    genres,
    is_of,
    metadata,
    movies,
    new_directors,
    new_genres,
    new_movies,
    renamed_directors,
)
from dao.models import Director, Genre, Movie
from helpers.catalogue import CatalogueMovie
from helpers.text import fold

# How many rows are sent at once.
_BATCH = 1000


@dataclass(frozen=True, kw_only=True)
class Differences:
    """Rows of a file, and how many of them are new here or change a row of ours."""

    movies: int
    new_genres: int = 0
    new_directors: int = 0
    renamed_directors: int = 0
    new_movies: int = 0
    changed_movies: int = 0
    retitled_movies: int = 0

    @property
    def any(self) -> bool:
        """Whether there is anything to do."""
        return any(number for name, number in vars(self).items() if name != "movies")


class StagingDAO(BaseDAO):
    """The temporary tables of one import; all of its transactions have to have one connection."""

    def prepare(self) -> None:
        """Make the tables."""
        connection = self._session.connection()
        self._engine.prepare_staging(connection)
        metadata.create_all(connection, checkfirst=False)

    def stage_genres(self, names: Iterable[str]) -> None:
        """Stage genres; of names that are compared as one, the first."""
        first: dict[str, str] = {}
        for name in names:
            first.setdefault(fold(name), name)
        rows = ({"name": name, "folded_name": key} for key, name in first.items())
        self._stage(genres, rows)

    def stage_directors(self, names: Iterable[tuple[str, str]]) -> None:
        """Stage directors: ids of the file's own, and names."""
        rows = (
            {"external_id": key, "name": name, "folded_name": fold(name)} for key, name in names
        )
        self._stage(directors, rows)

    def stage_movies(self, given: Iterable[CatalogueMovie]) -> None:
        self._stage(movies, map(staged_row, given))

    def compare(self, source: str) -> Differences:
        """Find out what is new and what has changed; what may not be seen yet is not there."""
        names = [table.name for table in (genres, directors, movies)]
        self._engine.analyze(self._session.connection(), names)
        known_genre = and_(Genre.folded_name == genres.c.folded_name, visible(Genre))
        known_director = and_(is_of(Director, source, directors.c.external_id), visible(Director))
        known_movie = and_(is_of(Movie, source, movies.c.external_id), visible(Movie))
        self._find_new(new_genres, genres, select(Genre.id).where(known_genre).exists())
        self._find_new(new_directors, directors, select(Director.id).where(known_director).exists())
        self._find_new(new_movies, movies, select(Movie.id).where(known_movie).exists())
        renamed = (
            select(Director.id, directors.c.number)
            .join_from(directors, Director, known_director)
            .where(Director.name != directors.c.name)
        )
        self._session.execute(insert(renamed_directors).from_select(["id", "number"], renamed))
        self._find_changed(source, known_movie)
        return Differences(
            movies=self._count(movies),
            new_genres=self._count(new_genres),
            new_directors=self._count(new_directors),
            renamed_directors=self._count(renamed_directors),
            new_movies=self._count(new_movies),
            changed_movies=self._count(changed_movies),
            retitled_movies=self._session.scalar(
                select(func.count()).where(changed_movies.c.retitled)
            )
            or 0,
        )

    def _find_new(self, found: Table, given: Table, is_known: ColumnElement[bool]) -> None:
        numbers = select(given.c.number).where(~is_known).order_by(given.c.number)
        self._session.execute(insert(found).from_select(["number"], numbers))

    def _find_changed(self, source: str, known_movie: ColumnElement[bool]) -> None:
        # A genre or director that is new has no id yet, which differs from any.
        differs = {
            name: getattr(Movie, name).is_distinct_from(value)
            for name, value in WRITTEN_VALUES.items()
        }
        rating_differs = differs.pop("rating")
        more_differs = or_(*differs.values())
        changed = (
            select(Movie.id, movies.c.number, ~more_differs, differs["folded_title"])
            .join_from(movies, Movie, known_movie)
            .outerjoin(Genre, Genre.folded_name == movies.c.genre)
            .outerjoin(Director, is_of(Director, source, movies.c.director_id))
            .where(or_(rating_differs, more_differs))
        )
        columns = ["id", "number", "in_rating_only", "retitled"]
        self._session.execute(insert(changed_movies).from_select(columns, changed))

    def _count(self, table: Table) -> int:
        return self._session.scalar(select(func.count()).select_from(table)) or 0

    def _stage(self, table: Table, rows: Iterable[dict[str, Any]]) -> None:
        iterator = iter(rows)
        while batch := list(islice(iterator, _BATCH)):
            self._session.execute(insert(table), batch)

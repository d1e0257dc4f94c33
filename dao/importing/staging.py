"""What a file brings, in temporary tables, and how it differs from what is there."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

from sqlalchemy import (
    Boolean,
    Column,
    ColumnElement,
    Double,
    Integer,
    MetaData,
    Table,
    Text,
    and_,
    func,
    insert,
    or_,
    select,
)

from dao.base import BaseDAO, visible
from dao.models import CodePoints, Director, Genre, Movie

# How many rows are sent at once.
_BATCH = 1000

_metadata = MetaData()


def _table(name: str, key: str, *columns: Column[Any]) -> Table:
    key_column = Column(key, Integer, primary_key=True)
    return Table(name, _metadata, key_column, *columns, prefixes=["TEMPORARY"])


# In the order of the file, by number.
genres = _table("staged_genres", "number", Column("name", Text))
directors = _table("staged_directors", "number", Column("external_id", Text), Column("name", Text))
films = _table(
    "staged_movies",
    "number",
    Column("external_id", Text),
    Column("title", Text),
    Column("folded_title", CodePoints),
    Column("description", Text),
    Column("trailer", Text),
    Column("year", Integer),
    Column("rating", Double),
    Column("genre", Text),
    Column("director", Text),
)

# Which of them are new, at positions without a gap, and which change a row of ours, by its id.
new_genres = _table("new_genres", "position", Column("number", Integer))
new_directors = _table("new_directors", "position", Column("number", Integer))
new_films = _table("new_movies", "position", Column("number", Integer))
renamed_directors = _table("renamed_directors", "id", Column("number", Integer))
changed_films = _table(
    "changed_movies", "id", Column("number", Integer), Column("in_rating_only", Boolean)
)


@dataclass(frozen=True)
class Differences:
    """Rows of a file, and how many of them are new here or change a row of ours."""

    films: int
    new_genres: int
    new_directors: int
    renamed_directors: int
    new_films: int
    changed_films: int

    @property
    def any(self) -> bool:
        """Whether there is anything to do."""
        return (
            self.new_genres
            + self.new_directors
            + self.renamed_directors
            + self.new_films
            + self.changed_films
            > 0
        )


class StagingDAO(BaseDAO):
    """The temporary tables of one import; all of its transactions have to have one connection."""

    def prepare(self) -> None:
        """Make the tables."""
        connection = self._session.connection()
        self._engine.prepare_staging(connection)
        _metadata.create_all(connection, checkfirst=False)

    def put_genres(self, names: Iterable[str]) -> None:
        """Put genres by name."""
        self._put(genres, ((name,) for name in names))

    def put_directors(self, names: Iterable[tuple[str, str]]) -> None:
        """Put directors: ids of the source, and names."""
        self._put(directors, names)

    def put_films(self, rows: Iterable[Sequence[Any]]) -> None:
        """Put films; their values are in the order of the columns."""
        self._put(films, rows)

    def compare(self, source: str) -> Differences:
        """Find out what is new and what has changed; what may not be seen yet is not there."""
        names = [table.name for table in (genres, directors, films)]
        self._engine.analyze(self._session.connection(), names)
        known_genre = and_(Genre.name == genres.c.name, visible(Genre))
        known_director = and_(is_of(Director, source, directors.c.external_id), visible(Director))
        known_film = and_(is_of(Movie, source, films.c.external_id), visible(Movie))
        self._find_new(new_genres, genres, select(Genre.id).where(known_genre).exists())
        self._find_new(new_directors, directors, select(Director.id).where(known_director).exists())
        self._find_new(new_films, films, select(Movie.id).where(known_film).exists())
        renamed = (
            select(Director.id, directors.c.number)
            .join_from(directors, Director, known_director)
            .where(Director.name != directors.c.name)
        )
        self._session.execute(insert(renamed_directors).from_select(["id", "number"], renamed))
        self._find_changed(source, known_film)
        counted = (films, new_genres, new_directors, renamed_directors, new_films, changed_films)
        return Differences(*map(self._count, counted))

    def _find_new(self, found: Table, given: Table, is_known: ColumnElement[bool]) -> None:
        numbers = select(given.c.number).where(~is_known).order_by(given.c.number)
        self._session.execute(insert(found).from_select(["number"], numbers))

    def _find_changed(self, source: str, known_film: ColumnElement[bool]) -> None:
        texts = ("title", "folded_title", "description", "trailer", "year")
        differs = or_(
            *(getattr(Movie, name) != films.c[name] for name in texts),
            # A genre or director that is new has no id yet.
            Movie.genre_id.is_distinct_from(Genre.id),
            Movie.director_id.is_distinct_from(Director.id),
        )
        changed = (
            select(Movie.id, films.c.number, ~differs)
            .join_from(films, Movie, known_film)
            .outerjoin(Genre, Genre.name == films.c.genre)
            .outerjoin(Director, is_of(Director, source, films.c.director))
            .where(or_(Movie.rating.is_distinct_from(films.c.rating), differs))
        )
        columns = [column.name for column in changed_films.columns]
        self._session.execute(insert(changed_films).from_select(columns, changed))

    def _count(self, table: Table) -> int:
        return self._session.scalar(select(func.count()).select_from(table)) or 0

    def _put(self, table: Table, rows: Iterable[Sequence[Any]]) -> None:
        names = [column.name for column in table.columns if column.name != "number"]
        iterator = iter(rows)
        while batch := list(islice(iterator, _BATCH)):
            values = [dict(zip(names, row, strict=True)) for row in batch]
            self._session.execute(insert(table), values)


def is_of(
    model: type[Director | Movie], source: str, external_id: ColumnElement[str]
) -> ColumnElement[bool]:
    """Return the condition that a row of ours is what a source knows by an id."""
    return and_(model.source == source, model.external_id == external_id)

"""The temporary tables of an import, and how their rows meet ours."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Boolean, Column, ColumnElement, Integer, MetaData, Table, Text, and_

from dao.importing.columns import LINKS, WRITTEN_COLUMNS
from dao.models import Director, Genre, Movie

metadata = MetaData()

# What is known of a genre or director.
NAMES = ("name", "folded_name")


def _table(name: str, key: str, *columns: Column[Any]) -> Table:
    key_column = Column(key, Integer, primary_key=True)
    return Table(name, metadata, key_column, *columns, prefixes=["TEMPORARY"])


# In the order of the file, by number.
genres = _table("staged_genres", "number", *(Column(name, Text) for name in NAMES))
directors = _table(
    "staged_directors", "number", *(Column(name, Text) for name in ("external_id", *NAMES))
)
movies = _table(
    "staged_movies",
    "number",
    *(Column(name, Text) for name in LINKS),
    *(Column(name, Movie.__table__.c[name].type) for name in WRITTEN_COLUMNS),
)

# Which of them are new, at positions without a gap, and which change a row of ours, by its id.
new_genres = _table("new_genres", "position", Column("number", Integer))
new_directors = _table("new_directors", "position", Column("number", Integer))
new_movies = _table("new_movies", "position", Column("number", Integer))
renamed_directors = _table("renamed_directors", "id", Column("number", Integer))
changed_movies = _table(
    "changed_movies",
    "id",
    Column("number", Integer),
    Column("in_rating_only", Boolean),
    Column("retitled", Boolean),
)

# Rows of ours that the file does not have, at positions without a gap.
other_genres = _table("other_genres", "position", Column("id", Integer))
other_directors = _table("other_directors", "position", Column("id", Integer))
other_movies = _table("other_movies", "position", Column("id", Integer))

# What a film of ours takes from a staged one and its genre and director, by column.
WRITTEN_VALUES: dict[str, ColumnElement[Any]] = {
    **{name: movies.c[name] for name in WRITTEN_COLUMNS},
    "genre_id": Genre.__table__.c.id,
    "director_id": Director.__table__.c.id,
}


def is_of(
    model: type[Director | Movie], source: str, external_id: ColumnElement[str]
) -> ColumnElement[bool]:
    """Return the condition that a row of ours is what a source knows by an id."""
    return and_(model.source == source, model.external_id == external_id)

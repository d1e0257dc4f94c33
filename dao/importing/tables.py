"""The temporary tables of an import, and the conditions that join them to the catalogue."""

from dataclasses import fields
from typing import Any

from sqlalchemy import Boolean, Column, ColumnElement, Integer, MetaData, Table, Text, and_

from dao.models import CatalogueRow, Director, Genre, Movie
from helpers.catalogue import CatalogueMovie

# Columns of a genre or director.
NAMES = ("name", "folded_name")

# Columns that identify a film, its genre and its director within the file. The genre is a name,
# which is staged folded.
_LINKS = ("external_id", "genre", "director_id")

# Columns of a film that a file has and that lists of films show.
IMPORTED_COLUMNS = tuple(field.name for field in fields(CatalogueMovie) if field.name not in _LINKS)

# The folded title is derived from these and written with them, but never shown.
_WRITTEN_COLUMNS = (*IMPORTED_COLUMNS, "folded_title")

metadata = MetaData()


def _table(name: str, key: str, /, **types: Any) -> Table:
    columns = (Column(column, kind) for column, kind in types.items())
    key_column = Column(key, Integer, primary_key=True)
    return Table(name, metadata, key_column, *columns, prefixes=["TEMPORARY"])


# Rows of the file, numbered in its order.
STAGED: dict[type[CatalogueRow], Table] = {
    Genre: _table("staged_genres", "number", **dict.fromkeys(NAMES, Text)),
    Director: _table("staged_directors", "number", external_id=Text, **dict.fromkeys(NAMES, Text)),
    Movie: _table(
        "staged_movies",
        "number",
        **dict.fromkeys(_LINKS, Text),
        **{name: Movie.__table__.c[name].type for name in _WRITTEN_COLUMNS},
    ),
}

# New staged rows, and rows of the catalogue that the file does not have, at gapless positions.
NEW = {model: _table(f"new_{model.__tablename__}", "position", number=Integer) for model in STAGED}
OTHERS = {model: _table(f"other_{model.__tablename__}", "position", id=Integer) for model in STAGED}

# Staged rows that change a row of the catalogue, by its id.
renamed_directors = _table("renamed_directors", "id", number=Integer)
changed_movies = _table(
    "changed_movies", "id", number=Integer, in_rating_only=Boolean, retitled=Boolean
)

# The values that an import writes to a film, by column.
WRITTEN_VALUES: dict[str, ColumnElement[Any]] = {
    **{name: STAGED[Movie].c[name] for name in _WRITTEN_COLUMNS},
    "genre_id": Genre.__table__.c.id,
    "director_id": Director.__table__.c.id,
}


def is_of(
    model: type[Director | Movie], source: str, external_id: ColumnElement[str]
) -> ColumnElement[bool]:
    """Return the condition that a row has this source and external id."""
    return and_(model.source == source, model.external_id == external_id)


def is_staged(model: type[CatalogueRow], source: str) -> ColumnElement[bool]:
    """Return the condition that a row and a staged one are the same. Genres match by name."""
    staged = STAGED[model].c
    if issubclass(model, Director | Movie):
        return is_of(model, source, staged.external_id)
    return Genre.folded_name == staged.folded_name

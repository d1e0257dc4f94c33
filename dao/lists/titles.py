"""Texts that hold or begin with another one; titles by the index that the database has for them."""

from __future__ import annotations

from enum import Enum, auto

from sqlalchemy import (
    ColumnElement,
    FromClause,
    SQLColumnExpression,
    and_,
    bindparam,
    column,
    func,
    select,
    table,
)

from dao.models import Movie

# The indexes know parts of three characters. Who types less looks for how titles begin.
PART_LENGTH = 3

_LAST_CHARACTER = "\U0010ffff"

# The full-text index of SQLite. Its column of the table's own name stands for all of a row.
_INDEX = table("movie_titles", column("rowid"), column("movie_titles"), column("folded_title"))

# The index looks up every three characters of a phrase: for hundreds of frequent ones it takes
# seconds. So only the beginning of a long text is looked up, and the rest is compared.
_LOOKED_UP_LENGTH = 50

_ESCAPE = "\\"
_ESCAPED = str.maketrans({character: _ESCAPE + character for character in ("%", "_", _ESCAPE)})


class Search(Enum):
    """How titles or names are searched for a text."""

    NONE = auto()
    BEGINNING = auto()
    PART = auto()
    INDEXED_PART = auto()
    INDEXED_LONG_PART = auto()


def text_search(part: str) -> tuple[Search, dict[str, str]]:
    """Return how to search for a folded text, and the values that the query for it takes.

    No character of the text has a meaning of its own.
    """
    if len(part) < PART_LENGTH:
        return Search.BEGINNING, {"text": part, "text_end": part + _LAST_CHARACTER}
    return Search.PART, {"text": f"%{part.translate(_ESCAPED)}%"}


def title_search(part: str) -> tuple[Search, dict[str, str]]:
    """Return the same for titles where they have an index of their own, as on SQLite."""
    if len(part) < PART_LENGTH:
        return text_search(part)
    beginning = part[:_LOOKED_UP_LENGTH].replace('"', '""')
    values = {"text": f'"{beginning}"'}
    if len(part) <= _LOOKED_UP_LENGTH:
        return Search.INDEXED_PART, values
    return Search.INDEXED_LONG_PART, {**values, "whole_text": part}


def text_fits(search: Search, text: SQLColumnExpression[str]) -> ColumnElement[bool]:
    """Return the condition of a beginning or a part."""
    if search is Search.PART:
        return text.like(bindparam("text"), escape=_ESCAPE)
    # SQLAlchemy writes BETWEEN in a way that PostgreSQL does not read where there is a collation.
    return and_(text >= bindparam("text"), text <= bindparam("text_end"))


def titles_with(search: Search) -> FromClause:
    """Return the ids, as a column `id`, of the films whose title holds the part."""
    if search is Search.PART:
        titles = select(Movie.id).where(text_fits(search, Movie.folded_title))
        # On its own: planned together with an order and a limit, PostgreSQL would rather walk
        # through all films in that order until enough of them fit.
        return titles.cte("found").prefix_with("MATERIALIZED")
    found = select(_INDEX.c.rowid.label("id")).where(_INDEX.c.movie_titles.match(bindparam("text")))
    if search is Search.INDEXED_LONG_PART:
        found = found.where(func.instr(_INDEX.c.folded_title, bindparam("whole_text")) > 0)
    return found.subquery("found")

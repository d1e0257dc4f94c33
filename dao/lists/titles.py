"""Titles that hold a text, found by the index that the database has for it."""

from __future__ import annotations

from enum import Enum, auto

from sqlalchemy import ColumnElement, FromClause, and_, bindparam, column, func, select, table

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
    """How titles are searched for a text."""

    NONE = auto()
    BEGINNING = auto()
    PART_ON_SQLITE = auto()
    LONG_PART_ON_SQLITE = auto()
    PART_ON_POSTGRESQL = auto()


def title_search(dialect: str, part: str) -> tuple[Search, dict[str, str]]:
    """Return how to search for a folded text, and the values that the query for it takes.

    No character of the text has a meaning of its own.
    """
    if len(part) < PART_LENGTH:
        return Search.BEGINNING, {"title": part, "title_end": part + _LAST_CHARACTER}
    if dialect == "sqlite":
        beginning = part[:_LOOKED_UP_LENGTH].replace('"', '""')
        values = {"title": f'"{beginning}"'}
        if len(part) <= _LOOKED_UP_LENGTH:
            return Search.PART_ON_SQLITE, values
        return Search.LONG_PART_ON_SQLITE, {**values, "whole_title": part}
    return Search.PART_ON_POSTGRESQL, {"title": f"%{part.translate(_ESCAPED)}%"}


def title_begins() -> ColumnElement[bool]:
    """Return the condition of `Search.BEGINNING`."""
    title = Movie.folded_title
    # SQLAlchemy writes BETWEEN in a way that PostgreSQL does not read where there is a collation.
    return and_(title >= bindparam("title"), title <= bindparam("title_end"))


def titles_with(search: Search) -> FromClause:
    """Return the ids, as a column `id`, of the films whose title holds the part."""
    if search in (Search.PART_ON_SQLITE, Search.LONG_PART_ON_SQLITE):
        found = select(_INDEX.c.rowid.label("id")).where(
            _INDEX.c.movie_titles.match(bindparam("title"))
        )
        if search is Search.LONG_PART_ON_SQLITE:
            found = found.where(func.instr(_INDEX.c.folded_title, bindparam("whole_title")) > 0)
        return found.subquery("found")
    titles = select(Movie.id).where(Movie.folded_title.like(bindparam("title"), escape=_ESCAPE))
    # On its own: planned together with an order and a limit, PostgreSQL would rather walk through
    # all films in that order until enough of them fit.
    return titles.cte("found").prefix_with("MATERIALIZED")

"""Titles that hold a text, found by the index that the database has for it."""

from __future__ import annotations

from sqlalchemy import ColumnElement, FromClause, and_, column, select, table
from sqlalchemy.orm import Session

from dao.models import Movie

# The indexes know parts of three characters. Who types less looks for how titles begin.
PART_LENGTH = 3

_LAST_CHARACTER = "\U0010ffff"

# The full-text index of SQLite. Its column of the table's own name stands for all of a row.
_INDEX = table("movie_titles", column("rowid"), column("movie_titles"))


def begins_with(part: str) -> ColumnElement[bool]:
    """Return the condition that a folded title begins with a folded text."""
    # SQLAlchemy writes BETWEEN in a way that PostgreSQL does not read where there is a collation.
    return and_(Movie.folded_title >= part, Movie.folded_title <= part + _LAST_CHARACTER)


def holding(session: Session, part: str) -> FromClause:
    """Return the ids, as a column `id`, of the films whose folded title holds a folded text.

    The text has at least PART_LENGTH characters; none of them has a meaning of its own.
    """
    if session.get_bind().dialect.name == "sqlite":
        phrase = '"{}"'.format(part.replace('"', '""'))
        found = select(_INDEX.c.rowid.label("id")).where(_INDEX.c.movie_titles.match(phrase))
        return found.subquery("found")
    titles = select(Movie.id).where(Movie.folded_title.contains(part, autoescape=True))
    # On its own: planned together with an order and a limit, PostgreSQL would rather walk through
    # all films in that order until enough of them fit.
    return titles.cte("found").prefix_with("MATERIALIZED")

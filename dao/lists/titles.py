"""Texts that hold or begin with another one; titles by the index that the database has for them."""

from enum import Enum, auto

from sqlalchemy import (
    ColumnElement,
    Integer,
    Select,
    SQLColumnExpression,
    Text,
    and_,
    bindparam,
    column,
    func,
    select,
    table,
)

# The indexes know parts of three characters. Who types less looks for how titles begin.
PART_LENGTH = 3

_LAST_CHARACTER = "\U0010ffff"

# The folded titles alone: looking thousands of films up in their own table, whose rows are wide,
# takes most of a search. On PostgreSQL they are a narrow table. On SQLite they are the full-text
# index, whose ids are row ids, and whose column of the table's own name stands for all of a row.
TITLES = table("movie_titles", column("id", Integer), column("folded_title", Text))
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


def titles_with(search: Search) -> Select[int]:
    """Return the query of the ids, as a column `id`, of the films whose title holds the part."""
    if search is Search.PART:
        return select(TITLES.c.id).where(HOLDS_PART)
    found = select(_INDEX.c.rowid.label("id")).where(_INDEX.c.movie_titles.match(bindparam("text")))
    if search is Search.INDEXED_LONG_PART:
        found = found.where(func.instr(_INDEX.c.folded_title, bindparam("whole_text")) > 0)
    return found


HOLDS_PART = text_fits(Search.PART, TITLES.c.folded_title)

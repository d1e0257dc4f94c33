"""Search for texts that contain or begin with a text; for titles, the index of the database."""

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

# The indexes consist of trigrams. A shorter text is compared with the beginning of titles.
MIN_SUBSTRING_LENGTH = 3

_LAST_CHARACTER = "\U0010ffff"

# The folded titles, apart from `movies`: its rows are wide, and looking up thousands of them takes
# most of the time of a search. On PostgreSQL this is a narrow table. On SQLite it is the full-text
# index: its ids are row ids, and the column named after the table stands for the whole row.
TITLES = table("movie_titles", column("id", Integer), column("folded_title", Text))
_INDEX = table("movie_titles", column("rowid"), column("movie_titles"), column("folded_title"))

# The index looks up every trigram of a phrase, which takes seconds for hundreds of frequent ones.
# Only the beginning of a long text is looked up; then the whole text is compared.
_LOOKED_UP_LENGTH = 50

_ESCAPE = "\\"
_ESCAPED = str.maketrans({character: _ESCAPE + character for character in ("%", "_", _ESCAPE)})


class Search(Enum):
    """Ways to search titles or names for a text."""

    NONE = auto()
    PREFIX = auto()
    SUBSTRING = auto()
    INDEXED_SUBSTRING = auto()
    INDEXED_LONG_SUBSTRING = auto()


def text_search(part: str | None) -> tuple[Search, dict[str, str]]:
    """Return the search for a folded text, and the values of its query.

    No character of the text is special.
    """
    if not part:
        return Search.NONE, {}
    if len(part) < MIN_SUBSTRING_LENGTH:
        return Search.PREFIX, {"text": part, "text_end": part + _LAST_CHARACTER}
    return Search.SUBSTRING, {"text": f"%{part.translate(_ESCAPED)}%"}


def title_search(part: str | None) -> tuple[Search, dict[str, str]]:
    """Return the same for titles that have their own index, as on SQLite."""
    if not part or len(part) < MIN_SUBSTRING_LENGTH:
        return text_search(part)
    beginning = part[:_LOOKED_UP_LENGTH].replace('"', '""')
    values = {"text": f'"{beginning}"'}
    if len(part) <= _LOOKED_UP_LENGTH:
        return Search.INDEXED_SUBSTRING, values
    return Search.INDEXED_LONG_SUBSTRING, {**values, "whole_text": part}


def text_matches(search: Search, text: SQLColumnExpression[str]) -> ColumnElement[bool]:
    """Return the condition that a text begins with or contains the searched one."""
    if search is Search.SUBSTRING:
        return text.like(bindparam("text"), escape=_ESCAPE)
    # With a collation, PostgreSQL cannot parse the BETWEEN that SQLAlchemy writes.
    return and_(text >= bindparam("text"), text <= bindparam("text_end"))


def titles_matching(search: Search) -> Select[int]:
    """Return the query of the ids (column `id`) of films whose title contains the text."""
    if search is Search.SUBSTRING:
        return select(TITLES.c.id).where(CONTAINS_TEXT)
    found = select(_INDEX.c.rowid.label("id")).where(_INDEX.c.movie_titles.match(bindparam("text")))
    if search is Search.INDEXED_LONG_SUBSTRING:
        found = found.where(func.instr(_INDEX.c.folded_title, bindparam("whole_text")) > 0)
    return found


CONTAINS_TEXT = text_matches(Search.SUBSTRING, TITLES.c.folded_title)

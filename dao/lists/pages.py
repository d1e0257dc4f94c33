"""Lists of plain rows: cut by windows, with what is known of the whole list."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple, TypeVarTuple

from sqlalchemy import Integer, Row, Select, SQLColumnExpression, bindparam, func, select

from dao.base import BaseDAO, Window
from dao.models import CatalogueRow, ListState

# How many rows of a whole list are held at once.
BATCH = 1000

Values = Mapping[str, Any]
Columns = TypeVarTuple("Columns")


@dataclass(frozen=True)
class Found:
    """The rows of a list, read while they are iterated, and how many there are in all.

    `columns` are the names of a row's values; a dot leads into what the row refers to. `revision`
    is that of the catalogue where the rows depend on nothing else, and None where they do.
    """

    rows: Iterable[Sequence[Any]]
    columns: tuple[str, ...]
    total: int
    revision: int | None


class Key(NamedTuple):
    """A column to order by, and the same from the other end."""

    forwards: SQLColumnExpression[Any]
    backwards: SQLColumnExpression[Any]


def up(column: SQLColumnExpression[Any]) -> Key:
    return Key(column.asc(), column.desc())


def down(column: SQLColumnExpression[Any]) -> Key:
    return Key(column.desc(), column.asc())


class ListingDAO(BaseDAO):
    """Reads columns instead of entities: a list is only read, and may have a million rows.

    Its queries are made once, with names for values: making one takes longer than a small list.
    """

    def _known(self, query: Select[int, int], values: Values) -> tuple[int, int]:
        """Return what a query of `known` finds."""
        total, revision = self._session.connection().execute(query, values).one()
        return total, revision

    def _rows(
        self, query: Select[*tuple[Any, ...]], values: Values, *, whole: bool
    ) -> Iterator[Row[*tuple[Any, ...]]]:
        """Yield the rows; those of a whole list never are in memory all at once."""
        options = {"yield_per": BATCH} if whole else {}
        # Not the session: it would look for entities.
        connection = self._session.connection()
        yield from connection.execute(query, values, execution_options=options)


def known(
    model: type[CatalogueRow], total: SQLColumnExpression[int] | None = None
) -> Select[int, int]:
    """Return the query of a list's length and the revision of the catalogue.

    Without one of its own, the length is the kept one of the whole collection.
    """
    found = ListState.total if total is None else total
    return select(found, ListState.revision).where(ListState.name == model.__tablename__)


def length(matching: Select[int]) -> SQLColumnExpression[int]:
    """Return the number of rows of a query."""
    return select(func.count()).select_from(matching.subquery()).scalar_subquery()


def ordered(query: Select[*Columns], keys: Sequence[Key]) -> Select[*Columns]:
    return query.order_by(*(key.forwards for key in keys))


class Cut(NamedTuple):
    """Rows that are `limit` after the first `offset` ones, from the beginning or from the end."""

    from_end: bool
    offset: int
    limit: int


def cut(window: Window, total: int) -> Cut:
    """Return where to find a window that is not past the end: from the end that is nearer.

    So the last of a million rows cost as much as the first.
    """
    limit = min(window.limit, total - window.offset)
    rest = total - window.offset - limit
    from_end = rest < window.offset
    return Cut(from_end, rest if from_end else window.offset, limit)


def within(query: Select[int], keys: Sequence[Key], *, from_end: bool) -> Select[int]:
    """Return the query of the rows of a cut, whose `offset` and `limit` are its values.

    Their order is not to be relied on.
    """
    return limited(query.order_by(*(key.backwards if from_end else key.forwards for key in keys)))


def limited(query: Select[*Columns]) -> Select[*Columns]:
    """Return the query of the `limit` rows after the first `offset` ones, which are its values."""
    return query.offset(bindparam("offset", type_=Integer)).limit(bindparam("limit", type_=Integer))

"""Pages of plain rows, found on indexes from the nearer end of the list."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple, TypeVarTuple

from sqlalchemy import Integer, Row, Select, SQLColumnExpression, bindparam, func, select

from dao.base import BaseDAO
from dao.models import CatalogueRow, ListState

# How many rows of a whole list are held at once.
BATCH = 1000

Values = Mapping[str, Any]
Columns = TypeVarTuple("Columns")
Rows = Iterator[Row[*tuple[Any, ...]]]


class Key(NamedTuple):
    """A column to order by, and the same from the other end."""

    forwards: SQLColumnExpression[Any]
    backwards: SQLColumnExpression[Any]


def ascending(column: SQLColumnExpression[Any]) -> Key:
    return Key(column.asc(), column.desc())


def descending(column: SQLColumnExpression[Any]) -> Key:
    return Key(column.desc(), column.asc())


class ListDAO(BaseDAO):
    """Reads columns instead of entities: a list is only read, and may have a million rows.

    Its queries are built once, with names for values: building one takes longer than a small list.
    """

    def _count_and_revision(self, query: Select[int, int], values: Values) -> tuple[int, int]:
        """Return what a query of `count_and_revision` finds."""
        total, revision = self._session.connection().execute(query, values).one()
        return total, revision

    def _read(self, query: Select[*tuple[Any, ...]], values: Values) -> list[Any]:
        """Return the rows of a page."""
        # Not the session: it would look for entities.
        return list(self._session.connection().execute(query, values))

    def _stream(self, query: Select[*tuple[Any, ...]], values: Values) -> Rows:
        """Yield the rows of a whole list; the statement runs when the first one is taken.

        They are never in memory all at once.
        """
        options = {"yield_per": BATCH}
        yield from self._session.connection().execute(query, values, execution_options=options)


def count_and_revision(
    model: type[CatalogueRow], count: SQLColumnExpression[int] | None = None
) -> Select[int, int]:
    """Return the query of a list's length and the revision of the catalogue.

    Without a `count` of its own, the length is the stored one of the whole list.
    """
    total = ListState.total if count is None else count
    return select(total, ListState.revision).where(ListState.name == model.__tablename__)


def count_of(matching: Select[int]) -> SQLColumnExpression[int]:
    """Return the number of rows of a query."""
    return select(func.count()).select_from(matching.subquery()).scalar_subquery()


def ordered(query: Select[*Columns], keys: Sequence[Key]) -> Select[*Columns]:
    return query.order_by(*(key.forwards for key in keys))


class Slice(NamedTuple):
    """The `limit` rows after the first `offset` ones, from the beginning or from the end."""

    from_end: bool
    offset: int
    limit: int


def slice_of_page(number: int, size: int, total: int) -> Slice | None:
    """Return where to find page `number` (from 1): from the end that is nearer.

    So the last of a million rows cost as much as the first. None for a page past the end.
    """
    offset = (number - 1) * size
    if offset >= total:
        return None
    limit = min(size, total - offset)
    rest = total - offset - limit
    from_end = rest < offset
    return Slice(from_end, rest if from_end else offset, limit)


def sliced(query: Select[int], keys: Sequence[Key], *, from_end: bool) -> Select[int]:
    """Return the query of the rows of a slice, whose `offset` and `limit` are its values.

    Their order is not to be relied on.
    """
    return limited(query.order_by(*(key.backwards if from_end else key.forwards for key in keys)))


def limited(query: Select[*Columns]) -> Select[*Columns]:
    """Return the query of the `limit` rows after the first `offset` ones, which are its values."""
    return query.offset(bindparam("offset", type_=Integer)).limit(bindparam("limit", type_=Integer))

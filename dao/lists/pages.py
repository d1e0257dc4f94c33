"""Pages of plain rows, found on indexes from the nearer end of the list."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any, NamedTuple, TypeVarTuple

from sqlalchemy import (
    CursorResult,
    Integer,
    ScalarSelect,
    Select,
    SQLColumnExpression,
    bindparam,
    func,
    select,
)

from dao.base import BaseDAO
from dao.models import CatalogueRow, ListState
from helpers.pages import Page

# How many rows of a whole list are held at once.
BATCH = 1000

Values = Mapping[str, Any]
Columns = TypeVarTuple("Columns")
Rows = CursorResult[*tuple[Any, ...]]
RowQuery = Select[*tuple[Any, ...]]


class Key(NamedTuple):
    """A column to order by, and the same from the other end."""

    forwards: SQLColumnExpression[Any]
    backwards: SQLColumnExpression[Any]


def ascending(column: SQLColumnExpression[Any]) -> Key:
    return Key(column.asc(), column.desc())


def descending(column: SQLColumnExpression[Any]) -> Key:
    return Key(column.desc(), column.asc())


class Slice(NamedTuple):
    """The `limit` rows after the first `offset` ones, from the beginning or from the end."""

    from_end: bool
    offset: int
    limit: int


class ListDAO(BaseDAO):
    """Reads columns instead of entities: a list is only read, and may have a million rows.

    Its queries are built once, with names for values: building one takes longer than a small list.
    """

    def _with_rows(
        self, page: Page, values: Values, query: Callable[[bool | None], RowQuery]
    ) -> Page:
        """Return the page with its rows, which the query finds for these values.

        It is called with None for the query of the whole list, and else with `from_end`, for that
        of a slice, which takes an `offset` and a `limit` too.
        """
        if page.number is None:
            return replace(page, rows=self._stream(query(None), values))
        part = slice_of_page(page.number, page.size, page.total)
        if part is None:
            return page
        rows = self._execute(query(part.from_end), {**values, **part._asdict()})
        return replace(page, rows=rows.all())

    def _stream(self, query: RowQuery, values: Values) -> Iterator[Sequence[Any]]:
        # The statement runs when the first row is taken; they are never in memory all at once.
        yield from self._execute(query, values, yield_per=BATCH)

    def _execute(self, query: RowQuery, values: Values, **options: Any) -> Rows:
        # Not the session: it would look for entities.
        return self._session.connection().execute(query, values, execution_options=options)


def count_and_revision(
    model: type[CatalogueRow], total: SQLColumnExpression[int] | None = None
) -> Select[int, int]:
    """Return the query of a number of rows, and of the revision of the catalogue.

    Without `total`, the number is the stored one of the whole list.
    """
    number = ListState.total if total is None else total
    return select(number, ListState.revision).where(ListState.name == model.__tablename__)


def count_of(matching: Select[int]) -> ScalarSelect[int]:
    """Return how many rows match."""
    return select(func.count()).select_from(matching.subquery()).scalar_subquery()


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
    return limited(ordered(query, keys, from_end=from_end))


def ordered(query: Select[*Columns], keys: Sequence[Key], *, from_end: bool) -> Select[*Columns]:
    """Return the query of rows in their order, or in the opposite one."""
    return query.order_by(*(key.backwards if from_end else key.forwards for key in keys))


def limited(query: Select[*Columns]) -> Select[*Columns]:
    """Return the query of the `limit` rows after the first `offset` ones, which are its values."""
    return query.offset(bindparam("offset", type_=Integer)).limit(bindparam("limit", type_=Integer))

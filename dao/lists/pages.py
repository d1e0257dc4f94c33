"""Pages of rows, read from indexes, beginning at the nearer end of the list."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, NamedTuple, TypeVarTuple

from sqlalchemy import (
    Integer,
    ScalarSelect,
    Select,
    SQLColumnExpression,
    bindparam,
    func,
    select,
)

from dao.base import BaseDAO, Values
from dao.models import CatalogueRow, ListState

# The number of rows of a whole list in memory at once.
BATCH = 1000

Columns = TypeVarTuple("Columns")
RowQuery = Select[*tuple[Any, ...]]


class Key(NamedTuple):
    """A column to order by, in both directions."""

    forwards: SQLColumnExpression[Any]
    backwards: SQLColumnExpression[Any]


def ascending(column: SQLColumnExpression[Any]) -> Key:
    return Key(column.asc(), column.desc())


def descending(column: SQLColumnExpression[Any]) -> Key:
    return Key(column.desc(), column.asc())


class Slice(NamedTuple):
    """The `limit` rows after the first `offset` rows, counted from the beginning or the end."""

    from_end: bool
    offset: int
    limit: int


class ListDAO(BaseDAO):
    """Reads slices of lists, and whole lists, which may have a million rows."""

    def _rows(
        self, part: Slice | None, values: Values, query: Callable[[bool | None], RowQuery]
    ) -> Iterable[Sequence[Any]]:
        """Return the rows of a slice, or of the whole list, for these values.

        `query(None)` returns the query of the whole list, and `query(from_end)` that of a slice,
        which has the additional parameters `offset` and `limit`.
        """
        if part is None:
            return self._stream(query(None), values)
        if not part.limit:
            return ()
        within = {"offset": part.offset, "limit": part.limit}
        return self._fetch(query(part.from_end), {**values, **within})

    def _stream(self, query: RowQuery, values: Values) -> Iterator[Sequence[Any]]:
        # The statement is sent when the first row is read. Rows are fetched in batches.
        yield from self._execute(query, values, yield_per=BATCH)


def count_and_revision(
    model: type[CatalogueRow], total: SQLColumnExpression[int] | None = None
) -> Select[int, int]:
    """Return the query of a number of rows and the revision of the catalogue.

    The default of `total` is the stored number of rows of the whole list.
    """
    number = ListState.total if total is None else total
    return select(number, ListState.revision).where(ListState.name == model.__tablename__)


def count_of(matching: Select[int]) -> ScalarSelect[int]:
    """Return the expression of the number of matching rows."""
    return select(func.count()).select_from(matching.subquery()).scalar_subquery()


def slice_of_page(number: int | None, size: int, total: int) -> Slice | None:
    """Return the slice of page `number` (from 1), or None for the whole list.

    It counts from the nearer end, so the last page costs as much as the first. A page past the end
    is an empty slice.
    """
    if number is None:
        return None
    offset = (number - 1) * size
    limit = max(0, min(size, total - offset))
    rest = total - offset - limit
    from_end = rest < offset
    return Slice(from_end, rest if from_end else offset, limit)


def ordered(
    query: Select[*Columns], keys: Sequence[Key], *, from_end: bool = False
) -> Select[*Columns]:
    """Return the query with its rows ordered, in reverse if `from_end`."""
    return query.order_by(*(key.backwards if from_end else key.forwards for key in keys))


def sliced(
    query: Select[*Columns], keys: Sequence[Key], *, from_end: bool = False
) -> Select[*Columns]:
    """Return the query of a slice of the ordered rows, with the parameters `offset` and `limit`.

    With `from_end`, `offset` counts from the end, and the rows are in reverse order.
    """
    offset, limit = bindparam("offset", type_=Integer), bindparam("limit", type_=Integer)
    return ordered(query, keys, from_end=from_end).offset(offset).limit(limit)

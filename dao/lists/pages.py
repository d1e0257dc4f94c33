"""Pages of plain rows, found on indexes from the nearer end of the list."""

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

# How many rows of a whole list are held at once.
BATCH = 1000

Columns = TypeVarTuple("Columns")
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
    """Reads slices of lists, and whole lists, which may have a million rows."""

    def _rows(
        self, part: Slice | None, values: Values, query: Callable[[bool | None], RowQuery]
    ) -> Iterable[Sequence[Any]]:
        """Return the rows of a slice, or of the whole list, which the query finds for these values.

        It is called with None for the query of the whole list, and else with `from_end`, for that
        of a slice, which takes an `offset` and a `limit` too.
        """
        if part is None:
            return self._stream(query(None), values)
        if not part.limit:
            return ()
        within = {"offset": part.offset, "limit": part.limit}
        return self._fetch(query(part.from_end), {**values, **within})

    def _stream(self, query: RowQuery, values: Values) -> Iterator[Sequence[Any]]:
        # The statement runs when the first row is taken; they are never in memory all at once.
        yield from self._execute(query, values, yield_per=BATCH)


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


def slice_of_page(number: int | None, size: int, total: int) -> Slice | None:
    """Return where to find page `number` (from 1): from the end that is nearer.

    So the last of a million rows cost as much as the first. A page past the end is an empty slice;
    None stands for the whole list.
    """
    if number is None:
        return None
    offset = (number - 1) * size
    limit = max(0, min(size, total - offset))
    rest = total - offset - limit
    from_end = rest < offset
    return Slice(from_end, rest if from_end else offset, limit)


def sliced(query: Select[int], keys: Sequence[Key], *, from_end: bool) -> Select[int]:
    """Return the query of the rows of a slice, whose `offset` and `limit` are its values.

    Their order is not to be relied on.
    """
    return limited(ordered(query, keys, from_end=from_end))


def ordered(
    query: Select[*Columns], keys: Sequence[Key], *, from_end: bool = False
) -> Select[*Columns]:
    """Return the query of rows in their order, or in the opposite one."""
    return query.order_by(*(key.backwards if from_end else key.forwards for key in keys))


def limited(query: Select[*Columns]) -> Select[*Columns]:
    """Return the query of the `limit` rows after the first `offset` ones, which are its values."""
    return query.offset(bindparam("offset", type_=Integer)).limit(bindparam("limit", type_=Integer))

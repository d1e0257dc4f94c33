"""Lists of plain rows: cut by windows, with what is known of the whole list."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from sqlalchemy import Row, Select, SQLColumnExpression, func, select

from dao.base import BaseDAO, Window
from dao.models import CatalogueRow, Collection

# How many rows of a whole list are held at once.
BATCH = 1000


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
    """Reads columns instead of entities: a list is only read, and may have a million rows."""

    def _known(self, model: type[CatalogueRow], matching: Select[Any] | None) -> tuple[int, int]:
        """Return the length of a list and the revision of the catalogue, in one statement.

        The length is that of the query, or without one the kept one of the whole collection.
        """
        total: SQLColumnExpression[int] = Collection.total
        if matching is not None:
            total = select(func.count()).select_from(matching.subquery()).scalar_subquery()
        known = select(total, Collection.revision).where(Collection.name == model.__tablename__)
        length, revision = self._session.execute(known).one()
        return length, revision

    def _rows(self, query: Select[Any], *, whole: bool) -> Iterator[Row[Any]]:
        """Yield the rows; those of a whole list never are in memory all at once."""
        options = {"yield_per": BATCH} if whole else {}
        yield from self._session.execute(query, execution_options=options)


def ordered(query: Select[*tuple[Any, ...]], keys: Sequence[Key]) -> Select[*tuple[Any, ...]]:
    return query.order_by(*(key.forwards for key in keys))


def cut(query: Select[Any], keys: Sequence[Key], window: Window, total: int) -> Select[Any]:
    """Return the query of the rows in a window that is not past the end.

    They are read from the end that is nearer, so their order is not to be relied on: the last of
    a million rows cost as much as the first.
    """
    limit = min(window.limit, total - window.offset)
    rest = total - window.offset - limit
    if rest < window.offset:
        return query.order_by(*(key.backwards for key in keys)).offset(rest).limit(limit)
    return ordered(query, keys).offset(window.offset).limit(limit)

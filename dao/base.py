"""What every DAO shares: the session it is handed, and the errors that constraints turn into."""

from __future__ import annotations

from typing import NamedTuple, TypeVar

from sqlalchemy import ColumnElement, Select, delete, func, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import InstrumentedAttribute, Session

from constants import PURGE_BATCH
from setup_db import Base

RowT = TypeVar("RowT")


class Duplicate(Exception):
    """A row with these unique values exists already."""


class MissingReference(Exception):
    """The row refers to another one that does not exist."""


class Window(NamedTuple):
    """Which rows of an ordered list are wanted."""

    offset: int
    limit: int


class BaseDAO:
    """Reads and writes rows with the session it is handed. It never commits or rolls back."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def _list(self, query: Select[RowT], window: Window | None) -> tuple[list[RowT], int]:
        """Return the rows in `window`, or all without one, and how many there are in all.

        The query is ordered; it takes one statement without a window and at most two with one.
        """
        if window is None:
            rows = list(self._session.scalars(query))
            return rows, len(rows)
        count = query.order_by(None).with_only_columns(func.count(), maintain_column_froms=True)
        total = self._session.scalar(count) or 0
        if window.offset >= total:
            return [], total
        return list(self._session.scalars(query.offset(window.offset).limit(window.limit))), total

    def _purge(self, key: InstrumentedAttribute[str], condition: ColumnElement[bool]) -> None:
        """Delete rows that meet the condition, known by their key: a bounded number at a time."""
        # What another transaction holds is left to it, or to the next purge: no deadlock.
        found = select(key).where(condition).limit(PURGE_BATCH).with_for_update(skip_locked=True)
        self._session.execute(delete(key.class_).where(key.in_(found)))


def insert(session: Session, model: type[Base]) -> sqlite.Insert | postgresql.Insert:
    """Return an INSERT that can say ON CONFLICT, in the dialect of the session's database."""
    dialect = session.get_bind().dialect.name
    return postgresql.insert(model) if dialect == "postgresql" else sqlite.insert(model)

"""The base of all DAOs, and the errors that stand for violated constraints."""

from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import Any

from sqlalchemy import ColumnElement, CursorResult, Delete, Executable, delete, func, select
from sqlalchemy.orm import InstrumentedAttribute

from constants import MAX_ID, PURGE_BATCH
from dao.models import CatalogueRow, ListState
from helpers.database import ENGINE_MODULES, DatabaseSession, EngineModule, Statement, fetch_all

Values = Mapping[str, Any]


class Duplicate(Exception):
    """A row with these unique values exists already."""


class MissingReference(Exception):
    """The row refers to another row that does not exist."""


class BaseDAO:
    """Reads and writes rows in the session it is given. It never commits or rolls back."""

    def __init__(self, session: DatabaseSession) -> None:
        self._session = session

    @cached_property
    def _engine(self) -> EngineModule:
        """The module of helpers.database for the engine of the session."""
        return ENGINE_MODULES[self._session.get_bind().dialect.name]

    def _execute(
        self, statement: Executable, values: Values | Sequence[Values] | None = None, **options: Any
    ) -> CursorResult[*tuple[Any, ...]]:
        return self._session.connection().execute(statement, values, execution_options=options)

    def _fetch(self, statement: Statement, values: Values) -> Sequence[Sequence[Any]]:
        """Return all rows of a statement that is built once: building takes longer than reading."""
        return fetch_all(self._session.connection(), statement, values)


def bounded_delete(key: InstrumentedAttribute[str], condition: ColumnElement[bool]) -> Delete:
    """Return a DELETE of a bounded number of rows that meet the condition."""
    # Rows that another transaction has locked are skipped, so that there is no deadlock.
    found = select(key).where(condition).limit(PURGE_BATCH).with_for_update(skip_locked=True)
    return delete(key.class_).where(key.in_(found))


def visible(
    model: type[CatalogueRow], row_id: ColumnElement[int] | None = None
) -> ColumnElement[bool]:
    """Return the condition that a row is visible: a running import adds rows that are not yet.

    `row_id` is the column with the id, if it is not the model's own.
    """
    visible_up_to = select(func.coalesce(ListState.visible_up_to, MAX_ID)).where(
        ListState.name == model.__tablename__
    )
    looked_at = model.id if row_id is None else row_id
    # `+ 0` keeps the planner from choosing an index for it: nearly always all rows are visible.
    return looked_at + 0 <= visible_up_to.scalar_subquery()

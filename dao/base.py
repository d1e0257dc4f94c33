"""What every DAO shares: the session it is handed, and the errors that constraints turn into."""

from collections.abc import Mapping, Sequence
from functools import cached_property
from types import ModuleType
from typing import Any

from sqlalchemy import ColumnElement, CursorResult, Delete, Executable, delete, func, select
from sqlalchemy.orm import InstrumentedAttribute

from constants import MAX_ID, PURGE_BATCH
from dao.models import CatalogueRow, ListState
from helpers.database import ENGINE_MODULES, DatabaseSession, Statement, fetch_all

Values = Mapping[str, Any]


class Duplicate(Exception):
    """A row with these unique values exists already."""


class MissingReference(Exception):
    """The row refers to another one that does not exist."""


class BaseDAO:
    """Reads and writes rows with the session it is handed. It never commits or rolls back."""

    def __init__(self, session: DatabaseSession) -> None:
        self._session = session

    @cached_property
    def _engine(self) -> ModuleType:
        """What the database engine of the session does in its own way; all sessions have one."""
        return ENGINE_MODULES[self._session.get_bind().dialect.name]

    def _execute(
        self, statement: Executable, values: Values | Sequence[Values] | None = None, **options: Any
    ) -> CursorResult[*tuple[Any, ...]]:
        return self._session.connection().execute(statement, values, execution_options=options)

    def _fetch(self, statement: Statement, values: Values) -> Sequence[Sequence[Any]]:
        """Return the rows of a statement that is built once: building it takes longer than they."""
        return fetch_all(self._session.connection(), statement, values)


def bounded_delete(key: InstrumentedAttribute[str], condition: ColumnElement[bool]) -> Delete:
    """Return a DELETE of rows that meet the condition, known by their key: so many at a time."""
    # What another transaction holds is left to it, or to the next time: no deadlock.
    found = select(key).where(condition).limit(PURGE_BATCH).with_for_update(skip_locked=True)
    return delete(key.class_).where(key.in_(found))


def visible(
    model: type[CatalogueRow], row_id: ColumnElement[int] | None = None
) -> ColumnElement[bool]:
    """Return the condition that a row may be seen: an import adds its rows before it is done.

    `row_id` is the id to look at where it is not the model's own column.
    """
    visible_up_to = select(func.coalesce(ListState.visible_up_to, MAX_ID)).where(
        ListState.name == model.__tablename__
    )
    looked_at = model.id if row_id is None else row_id
    # A sum, since it must not choose the index: nearly always all rows may be seen.
    return looked_at + 0 <= visible_up_to.scalar_subquery()

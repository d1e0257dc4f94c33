"""What the DAOs of an import share."""

from __future__ import annotations

from typing import Any, cast

from sqlalchemy import ColumnElement, CursorResult, Executable, Table, func, select

from dao.base import BaseDAO


class ImportDAO(BaseDAO):
    """Works with the temporary tables of one import, whose transactions have one connection."""

    def _count(self, table: Table, *conditions: ColumnElement[bool]) -> int:
        rows = select(func.count()).select_from(table).where(*conditions)
        return self._session.scalars(rows).one()

    def _run(self, statement: Executable) -> int:
        """Return how many rows were written. No entity of this session is kept in step."""
        options = {"synchronize_session": False, "preserve_rowcount": True}
        result = self._session.execute(statement, execution_options=options)
        return cast("CursorResult[Any]", result).rowcount

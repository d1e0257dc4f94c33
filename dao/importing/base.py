"""The base class of the DAOs of an import."""

from sqlalchemy import ColumnElement, Executable, Table, func, select

from dao.base import BaseDAO


class ImportDAO(BaseDAO):
    """Uses the temporary tables of one import. All its transactions have the same connection."""

    def _count(self, table: Table, *conditions: ColumnElement[bool]) -> int:
        rows = select(func.count()).select_from(table).where(*conditions)
        return int(self._execute(rows).scalar_one())

    def _run(self, statement: Executable) -> int:
        """Execute a statement, and return how many rows were written."""
        return self._execute(statement, preserve_rowcount=True).rowcount

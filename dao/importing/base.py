"""What the DAOs of an import share."""

from sqlalchemy import ColumnElement, Executable, Table, func, select

from dao.base import BaseDAO


class ImportDAO(BaseDAO):
    """Works with the temporary tables of one import, whose transactions have one connection."""

    def _count(self, table: Table, *conditions: ColumnElement[bool]) -> int:
        rows = select(func.count()).select_from(table).where(*conditions)
        return int(self._execute(rows).scalar_one())

    def _run(self, statement: Executable) -> int:
        """Return how many rows were written."""
        return self._execute(statement, preserve_rowcount=True).rowcount

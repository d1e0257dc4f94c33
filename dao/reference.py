"""Reference data: genres and directors."""

from typing import Any

from sqlalchemy import bindparam, select

from dao.base import visible
from dao.lists import ReferenceListDAO
from dao.models import Director, Genre
from helpers.database import DatabaseSession


class ReferenceDAO(ReferenceListDAO):
    """Reads one table of reference data."""

    def __init__(self, session: DatabaseSession, model: type[Genre | Director]) -> None:
        super().__init__(session, model)
        is_visible = model.id == bindparam("row_id"), visible(model)
        self._get = select(model.id, model.name).where(*is_visible)

    def get(self, row_id: int) -> dict[str, Any] | None:
        """Return the row by column name, or None."""
        rows = self._fetch(self._get, {"row_id": row_id})
        return {"id": rows[0][0], "name": rows[0][1]} if rows else None

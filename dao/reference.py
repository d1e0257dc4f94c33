"""Reference data: the genres and directors that films refer to."""

from __future__ import annotations

from typing import Generic

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from dao.base import visible
from dao.lists import ReferenceListDAO, RowT


class ReferenceDAO(ReferenceListDAO[RowT], Generic[RowT]):
    """Rows of one table of reference data."""

    def __init__(self, session: Session, model: type[RowT]) -> None:
        super().__init__(session, model)
        self._get = select(model).where(model.id == bindparam("row_id"), visible(model))

    def get(self, row_id: int) -> RowT | None:
        """Return the row, or None."""
        return self._session.scalar(self._get, {"row_id": row_id})

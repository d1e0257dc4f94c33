"""The two plain collections that films refer to."""

from __future__ import annotations

from typing import Generic, TypeVar

from sqlalchemy import select
from sqlalchemy.orm import Session

from dao.base import BaseDAO, Window
from dao.models import Director, Genre

RowT = TypeVar("RowT", bound=Genre | Director)


class CollectionDAO(BaseDAO, Generic[RowT]):
    """Rows of one of the plain tables, genres or directors."""

    def __init__(self, session: Session, model: type[RowT]) -> None:
        super().__init__(session)
        self._model = model

    def get(self, row_id: int) -> RowT | None:
        """Return the row, or None."""
        return self._session.get(self._model, row_id)

    def find(self, window: Window | None = None) -> tuple[list[RowT], int]:
        """Return rows by ascending id, and the number of all."""
        return self._list(select(self._model).order_by(self._model.id), window)

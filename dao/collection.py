"""The two plain collections that films refer to."""

from __future__ import annotations

from typing import Generic, TypeVar

from sqlalchemy import select
from sqlalchemy.orm import Session

from dao.base import Window, is_public
from dao.listing import Found, ListingDAO, cut, ordered, up
from dao.models import Director, Genre

RowT = TypeVar("RowT", bound=Genre | Director)


class CollectionDAO(ListingDAO, Generic[RowT]):
    """Rows of one of the plain tables, genres or directors."""

    def __init__(self, session: Session, model: type[RowT]) -> None:
        super().__init__(session)
        self._model = model

    def get(self, row_id: int) -> RowT | None:
        """Return the row, or None."""
        query = select(self._model).where(self._model.id == row_id, is_public(self._model))
        return self._session.scalar(query)

    def find(self, window: Window | None = None) -> Found:
        """Return rows by ascending id: one statement now, and one while the rows are read."""
        total, revision = self._known(self._model, None)
        by_id = (up(self._model.id),)
        ids = select(self._model.id).where(is_public(self._model))
        rows = select(self._model.id, self._model.name)
        if window is None:
            rows = rows.where(is_public(self._model))
        elif window.offset < total:
            rows = rows.where(self._model.id.in_(cut(ids, by_id, window, total)))
        else:
            return Found((), ("id", "name"), total, revision)
        found = self._rows(ordered(rows, by_id), whole=window is None)
        return Found(found, ("id", "name"), total, revision)

"""Reference data: the genres and directors that films refer to."""

from __future__ import annotations

from typing import Generic, TypeVar

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from dao.base import Window, visible
from dao.lists.pages import Found, ListingDAO, cut, known, ordered, up, within
from dao.models import Director, Genre

RowT = TypeVar("RowT", bound=Genre | Director)

_COLUMNS = ("id", "name")


class ReferenceDAO(ListingDAO, Generic[RowT]):
    """Rows of one of the plain tables, genres or directors."""

    def __init__(self, session: Session, model: type[RowT]) -> None:
        super().__init__(session)
        by_id = [up(model.id)]
        rows, ids = select(model.id, model.name), select(model.id).where(visible(model))
        self._one = select(model).where(model.id == bindparam("row_id"), visible(model))
        self._length = known(model)
        self._all = ordered(rows.where(visible(model)), by_id)
        self._parts = {
            from_end: ordered(
                rows.where(model.id.in_(within(ids, by_id, from_end=from_end))), by_id
            )
            for from_end in (False, True)
        }

    def get(self, row_id: int) -> RowT | None:
        """Return the row, or None."""
        return self._session.scalar(self._one, {"row_id": row_id})

    def find(self, window: Window | None = None) -> Found:
        """Return rows by ascending id: one statement now, and one while the rows are read."""
        total, revision = self._known(self._length, {})
        if window is None:
            rows = self._rows(self._all, {}, whole=True)
        elif window.offset < total:
            part = cut(window, total)
            rows = self._rows(self._parts[part.from_end], part._asdict(), whole=False)
        else:
            rows = iter(())
        return Found(rows, _COLUMNS, total, revision)

"""Lists of reference data, which films refer to."""

from __future__ import annotations

from typing import Generic, TypeVar

from sqlalchemy import select
from sqlalchemy.orm import Session

from constants import PAGE_SIZE
from dao.base import visible
from dao.lists.pages import ListDAO, ascending, count_and_revision, ordered, slice_of_page, sliced
from dao.models import Director, Genre
from helpers.pages import Page

RowT = TypeVar("RowT", bound=Genre | Director)

_COLUMNS = ("id", "name")


class ReferenceListDAO(ListDAO, Generic[RowT]):
    """Reads lists of genres or of directors."""

    def __init__(self, session: Session, model: type[RowT]) -> None:
        super().__init__(session)
        keys = [ascending(model.id)]
        rows, ids = select(model.id, model.name), select(model.id).where(visible(model))
        self._state = count_and_revision(model)
        self._all = ordered(rows.where(visible(model)), keys)
        self._slices = {
            from_end: ordered(rows.where(model.id.in_(sliced(ids, keys, from_end=from_end))), keys)
            for from_end in (False, True)
        }

    def find(self, number: int | None = None, size: int = PAGE_SIZE) -> Page:
        """Return page `number` of `size` rows, or all of them, by ascending id."""
        total, revision = self._count_and_revision(self._state, {})
        if number is None:
            return Page(self._stream(self._all, {}), _COLUMNS, total, revision, None, size)
        part = slice_of_page(number, size, total)
        rows = self._read(self._slices[part.from_end], part._asdict()) if part else []
        return Page(rows, _COLUMNS, total, revision, number, size)

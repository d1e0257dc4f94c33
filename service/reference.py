"""Reference data: the genres and directors that films refer to."""

from __future__ import annotations

from typing import Generic

from constants import PAGE_SIZE
from dao.reference import ReferenceDAO, RowT
from service.errors import NotFound
from service.page import Page, fetch_page


class ReferenceService(Generic[RowT]):
    """Reads one collection; `noun` names one of its things in messages."""

    def __init__(self, rows: ReferenceDAO[RowT], noun: str) -> None:
        self._rows = rows
        self._noun = noun

    def get(self, row_id: int) -> RowT:
        """Return the thing. Raises NotFound."""
        row = self._rows.get(row_id)
        if row is None:
            raise NotFound(f"There is no {self._noun} with this id.")
        return row

    def find(self, page: int | None = None, per_page: int = PAGE_SIZE) -> Page:
        """Return a page of the collection, or all of it, by ascending id."""
        return fetch_page(self._rows.find, page, per_page)

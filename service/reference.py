"""Reference data: genres and directors."""

from dataclasses import dataclass
from typing import Any

from constants import PAGE_SIZE
from dao.reference import ReferenceDAO
from helpers.pages import Page
from service.errors import NotFound


@dataclass(frozen=True)
class ReferenceService:
    """Reads one kind of reference data. Messages call a row by its `noun`."""

    _rows: ReferenceDAO
    _noun: str

    def get(self, row_id: int) -> dict[str, Any]:
        """Return the row by column name. Raises NotFound."""
        row = self._rows.get(row_id)
        if row is None:
            raise NotFound(f"There is no {self._noun} with this id.")
        return row

    def find(
        self, page: int | None = None, per_page: int = PAGE_SIZE, name_part: str | None = None
    ) -> Page:
        """Return a page of the rows by ascending id, or all of them. `name_part` is folded."""
        return self._rows.find(page, per_page, name_part)

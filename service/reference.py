"""Reference data: the genres and directors that films refer to."""

from dataclasses import dataclass
from typing import Any

from constants import PAGE_SIZE
from dao.reference import ReferenceDAO
from helpers.pages import Page
from service.errors import NotFound


@dataclass(frozen=True)
class ReferenceService:
    """Reads one kind of reference data; `noun` names one of its things in messages."""

    _rows: ReferenceDAO
    _noun: str

    def get(self, row_id: int) -> dict[str, Any]:
        """Return the genre or director by the names of its columns. Raises NotFound."""
        row = self._rows.get(row_id)
        if row is None:
            raise NotFound(f"There is no {self._noun} with this id.")
        return row

    def find(
        self, page: int | None = None, per_page: int = PAGE_SIZE, name_part: str | None = None
    ) -> Page:
        """Return a page of them, or all of them, by ascending id.

        `name_part` is a folded text that names hold, or begin with if it is short.
        """
        return self._rows.find(page, per_page, name_part)

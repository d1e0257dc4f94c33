"""Pages of lists, which DAOs return and views serialize."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Page:
    """Page `number` (from 1) of a list in pages of `size` rows. None stands for the whole list.

    `columns` names the values of a row. A name with a dot belongs to a related row. The rows of a
    page are in memory, and those of a whole list are read from the database during iteration.
    `total` is the length of the whole list. `revision` is the catalogue's, or None if the rows
    depend on anything else.
    """

    rows: Iterable[Sequence[Any]]
    columns: tuple[str, ...]
    total: int
    revision: int | None
    number: int | None
    size: int

    def column(self, name: str) -> list[Any]:
        """Return the values of one column."""
        place = self.columns.index(name)
        return [row[place] for row in self.rows]

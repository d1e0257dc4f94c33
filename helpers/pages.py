"""Pages of lists, as they travel from the database to the response."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Page:
    """Page `number` (from 1) of a list, `size` rows long, or the whole list where that is None.

    `columns` names the values of a row; a dot leads into what the row refers to. The rows of a
    page are there; those of a whole list are read from the database while they are iterated.
    `total` is the length of the whole list. `revision` is that of the catalogue where the rows
    depend on nothing else, and None where they do.
    """

    rows: Iterable[Sequence[Any]]
    columns: tuple[str, ...]
    total: int
    revision: int | None
    number: int | None
    size: int

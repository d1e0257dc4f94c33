"""Lists, whole or by pages."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from constants import PAGE_SIZE
from dao.base import Window
from dao.lists.pages import Found


@dataclass(frozen=True)
class Page(Found):
    """Page `number` (from 1) of a list, or all of it where that is None."""

    number: int | None
    size: int

    @property
    def neighbors(self) -> dict[str, int]:
        """Page numbers by relation: first, prev, next, last; none for a list that is whole.

        An empty list has one page. Past the end, the page before is the last one.
        """
        if self.number is None:
            return {}
        last = max(1, -(-self.total // self.size))
        numbers = {"first": 1, "last": last}
        if self.number > 1:
            numbers["prev"] = min(self.number - 1, last)
        if self.number < last:
            numbers["next"] = self.number + 1
        return numbers


def fetch_page(
    find: Callable[[Window | None], Found], number: int | None = None, size: int = PAGE_SIZE
) -> Page:
    """Return page `number` of what `find` finds, or all of it without a number."""
    window = None if number is None else Window((number - 1) * size, size)
    found = find(window)
    return Page(found.rows, found.columns, found.total, found.revision, number, size)

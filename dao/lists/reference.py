"""Lists of reference data: genres and directors."""

from sqlalchemy import select

from constants import PAGE_SIZE
from dao.base import visible
from dao.lists.pages import (
    ListDAO,
    RowQuery,
    ascending,
    count_and_revision,
    count_of,
    slice_of_page,
    sliced,
)
from dao.lists.titles import Search, text_matches, text_search
from dao.models import Director, Genre
from helpers.database import DatabaseSession
from helpers.pages import Page

_COLUMNS = ("id", "name")


class ReferenceListDAO(ListDAO):
    """Reads lists of genres or of directors."""

    def __init__(self, session: DatabaseSession, model: type[Genre | Director]) -> None:
        super().__init__(session)
        searches = Search.NONE, Search.PREFIX, Search.SUBSTRING
        self._queries = {search: _queries(model, search) for search in searches}

    def find(
        self, number: int | None = None, size: int = PAGE_SIZE, name_part: str | None = None
    ) -> Page:
        """Return page `number` of `size` rows, or all of them, by ascending id.

        `name_part` is a folded text that names contain, or begin with if it is short.
        """
        search, values = text_search(name_part)
        count, rows = self._queries[search]
        [(total, revision)] = self._fetch(count, values)
        found = self._rows(slice_of_page(number, size, total), values, rows.__getitem__)
        return Page(found, _COLUMNS, total, revision, number, size)


def _queries(
    model: type[Genre | Director], search: Search
) -> tuple[RowQuery, dict[bool | None, RowQuery]]:
    """Return the query of count and revision, and the queries of rows by `from_end`."""
    fits = [visible(model)]
    if search is not Search.NONE:
        fits.append(text_matches(search, model.folded_name))
    ids, rows = select(model.id).where(*fits), select(model.id, model.name).order_by(model.id)
    queries: dict[bool | None, RowQuery] = {None: rows.where(*fits)}
    for from_end in (False, True):
        found = sliced(ids, [ascending(model.id)], from_end=from_end)
        queries[from_end] = rows.where(model.id.in_(found))
    return count_and_revision(model, None if search is Search.NONE else count_of(ids)), queries

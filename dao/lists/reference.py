"""Lists of reference data, which films refer to."""

from __future__ import annotations

from typing import Any, Generic, NamedTuple, TypeVar

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from constants import PAGE_SIZE
from dao.base import visible
from dao.lists.pages import (
    ListDAO,
    ascending,
    count_and_revision,
    count_of,
    ordered,
    slice_of_page,
    sliced,
)
from dao.lists.titles import Search, text_fits, text_search
from dao.models import Director, Genre
from helpers.pages import Page

RowT = TypeVar("RowT", bound=Genre | Director)

_COLUMNS = ("id", "name")


class _Queries(NamedTuple):
    state: Select[int, int]
    all: Select[*tuple[Any, ...]]
    slice: Select[*tuple[Any, ...]]
    slice_from_end: Select[*tuple[Any, ...]]


class ReferenceListDAO(ListDAO, Generic[RowT]):
    """Reads lists of genres or of directors."""

    def __init__(self, session: Session, model: type[RowT]) -> None:
        super().__init__(session)
        self._queries = {
            search: _queries(model, search)
            for search in (Search.NONE, Search.BEGINNING, Search.PART)
        }

    def find(
        self, number: int | None = None, size: int = PAGE_SIZE, name_part: str | None = None
    ) -> Page:
        """Return page `number` of `size` rows, or all of them, by ascending id.

        `name_part` is a folded text that their names hold, or begin with if it is short.
        """
        search, values = text_search(name_part) if name_part else (Search.NONE, {})
        queries = self._queries[search]
        total, revision = self._count_and_revision(queries.state, values)
        if number is None:
            rows = self._stream(queries.all, values)
            return Page(rows, _COLUMNS, total, revision, None, size)
        part = slice_of_page(number, size, total)
        if part is None:
            return Page([], _COLUMNS, total, revision, number, size)
        query = queries.slice_from_end if part.from_end else queries.slice
        page = self._read(query, {**values, **part._asdict()})
        return Page(page, _COLUMNS, total, revision, number, size)


def _queries(model: type[RowT], search: Search) -> _Queries:
    fits = [visible(model)]
    if search is not Search.NONE:
        fits.append(text_fits(search, model.folded_name))
    rows, ids, keys = (
        select(model.id, model.name),
        select(model.id).where(*fits),
        [ascending(model.id)],
    )
    return _Queries(
        count_and_revision(model, None if search is Search.NONE else count_of(ids)),
        ordered(rows.where(*fits), keys),
        *(
            ordered(rows.where(model.id.in_(sliced(ids, keys, from_end=from_end))), keys)
            for from_end in (False, True)
        ),
    )

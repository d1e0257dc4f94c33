"""Lists of films."""

from collections.abc import Iterable, Sequence
from functools import partial
from typing import Any

from constants import PAGE_SIZE
from dao.lists import movie_queries as queries
from dao.lists.movie_filters import MovieFilter
from dao.lists.pages import ListDAO, slice_of_page
from dao.lists.titles import Search
from helpers.pages import Page

_COLUMNS = tuple(queries.COLUMNS)

# Up to this number, matching films are collected and sorted. If there are more, one is soon found
# by reading films in their order.
MAX_SORTED = 5_000

# On PostgreSQL, a search reads titles in the order of the list until the page is full. On average,
# this must take at most MAX_SCANNED titles and at most as many as match. It gives up after
# _TIMES_AHEAD times the average, because the matching titles may come later.
MAX_SCANNED = 25_000
_TIMES_AHEAD = 4


class MovieListDAO(ListDAO):
    """Reads lists of films, together with their genre and director."""

    def find(
        self,
        wanted: MovieFilter,
        order: str = "id",
        number: int | None = None,
        size: int = PAGE_SIZE,
    ) -> Page:
        """Return page `number` of `size` films, or all of them, in one of five orders.

        "id"; "newest": by descending year, then by descending id; "rating": highest first, unrated
        last; "title": by code points of the folded title; "popular": most favorites first. In the
        last three, ties are ordered by ascending id.
        """
        shape, values = wanted.shape(self._engine)
        [(total, revision, movies_count)] = self._fetch(queries.count_of_movies(shape), values)
        slice_ = slice_of_page(number, size, total)
        in_order, ahead = total > MAX_SORTED, 0
        if slice_ and slice_.limit and shape.search is Search.SUBSTRING:
            passed = (slice_.offset + slice_.limit) * movies_count // total
            in_order = not shape.filters and passed <= min(total, MAX_SCANNED)
            ahead = _TIMES_AHEAD * passed
        query = partial(queries.movies, shape, order, in_order)
        rows = self._rows(slice_, {**values, "ahead": ahead}, query)
        if order == "popular":
            revision = None  # The order depends on favorites, which do not change the revision.
        return Page(rows, _COLUMNS, total, revision, number, size)

    def find_favorites(
        self,
        user_id: int,
        number: int | None = None,
        size: int = PAGE_SIZE,
        *,
        ids_only: bool = False,
    ) -> Page:
        """Return page `number` of the user's favorites, or all, newest favorite first.

        With `ids_only`, the id is the only column.
        """
        values = {"user_id": user_id}
        [(total,)] = self._fetch(queries.count_of_favorites(), values)
        query = partial(queries.favorites, ids_only=ids_only)
        rows: Iterable[Sequence[Any]] = ()
        if number is None:
            rows = self._stream(query(whole=True), values)
        elif (offset := (number - 1) * size) < total:
            rows = self._fetch(query(whole=False), {**values, "offset": offset, "limit": size})
        return Page(rows, ("id",) if ids_only else _COLUMNS, total, None, number, size)

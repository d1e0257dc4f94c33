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

# So many films are sorted at once. Of more of them, one soon comes wherever a list is walked
# through in its order.
FEW = 5_000

# On PostgreSQL a text is looked for in one title after the other, in the order of a list, until the
# page is met: if this looks at fewer titles than have the text, on average, and at so many at most.
# Where those with the text come later than others, it gives up after so many times the average.
MANY = 25_000
_TIMES_AHEAD = 4


class MovieListDAO(ListDAO):
    """Reads lists of films together with their genre and director."""

    def find(
        self,
        wanted: MovieFilter,
        order: str = "id",
        number: int | None = None,
        size: int = PAGE_SIZE,
    ) -> Page:
        """Return page `number` of `size` films, or all of them, in one of five orders.

        "id"; "newest": the later year first, then the higher id; "rating": highest first, unrated
        last; "title": by code points of the folded title; "popular": most favorites first. Ties of
        the last three go by ascending id.
        """
        shape, values = wanted.shape(self._engine)
        [(total, revision, movies)] = self._fetch(queries.count_of_movies(shape), values)
        # The popular films depend on favorites as well, of which the revision knows nothing.
        known = None if order == "popular" else revision
        part = slice_of_page(number, size, total)
        walks, ahead = total > FEW, 0
        if part and part.limit and shape.search is Search.PART:
            passed = (part.offset + part.limit) * movies // total
            walks = not shape.filters and passed <= min(total, MANY)
            ahead = _TIMES_AHEAD * passed
        query = partial(queries.movies, shape, order, walks)
        rows = self._rows(part, {**values, "ahead": ahead}, query)
        return Page(rows, _COLUMNS, total, known, number, size)

    def find_favorites(
        self,
        user_id: int,
        number: int | None = None,
        size: int = PAGE_SIZE,
        *,
        ids_only: bool = False,
    ) -> Page:
        """Return page `number` of the films that the user likes, or all, newest favorite first.

        With `ids_only`, the rows have no other column than the id.
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

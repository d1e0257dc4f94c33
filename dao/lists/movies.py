"""Lists of films."""

from __future__ import annotations

from constants import PAGE_SIZE
from dao.lists import movie_queries as queries
from dao.lists.movie_queries import MovieFilter
from dao.lists.pages import ListDAO, slice_of_page
from helpers.pages import Page

_COLUMNS = tuple(queries.COLUMNS)

# So many films are sorted at once. Of more of them, one soon comes wherever a list is walked
# through in its order.
FEW = 5_000


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
        shape, values = wanted.shape(self._session.get_bind().dialect.name)
        total, revision = self._count_and_revision(queries.count_of_movies(shape), values)
        # The popular films depend on favorites as well, of which the revision knows nothing.
        known = None if order == "popular" else revision
        walks = total > FEW
        if number is None:
            rows = self._stream(queries.all_movies(shape, order, walks=walks), values)
            return Page(rows, _COLUMNS, total, known, None, size)
        part = slice_of_page(number, size, total)
        if part is None:
            return Page([], _COLUMNS, total, known, number, size)
        query = queries.slice_of_movies(shape, order, walks=walks, from_end=part.from_end)
        page = self._read(query, {**values, **part._asdict()})
        return Page(page, _COLUMNS, total, known, number, size)

    def find_favorites(
        self, user_id: int, number: int | None = None, size: int = PAGE_SIZE
    ) -> Page:
        """Return page `number` of the films that the user likes, or all, newest favorite first."""
        mine = {"user_id": user_id}
        total = self._session.scalar(queries.count_of_favorites(), mine) or 0
        if number is None:
            rows = self._stream(queries.favorites(whole=True), mine)
            return Page(rows, _COLUMNS, total, None, None, size)
        offset = (number - 1) * size
        if offset >= total:
            return Page([], _COLUMNS, total, None, number, size)
        values = {**mine, "offset": offset, "limit": size}
        page = self._read(queries.favorites(whole=False), values)
        return Page(page, _COLUMNS, total, None, number, size)

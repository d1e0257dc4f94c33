"""The filters of films, and their conditions in SQL."""

from collections.abc import Callable
from dataclasses import dataclass
from operator import eq, ge, le
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, SQLColumnExpression, bindparam

from dao.base import Values
from dao.lists.titles import Search, text_search, title_search
from dao.models import Movie
from helpers.database import EngineModule

Comparison = Callable[[Any, Any], ColumnElement[bool]]

# The column of each filter, and its comparison with the value.
_FILTERS: dict[str, tuple[SQLColumnExpression[Any], Comparison]] = {
    "genre_id": (Movie.genre_id, eq),
    "genre_ids": (Movie.genre_id, lambda column, ids: column.in_(ids)),
    "director_id": (Movie.director_id, eq),
    "year": (Movie.year, eq),
    "year_from": (Movie.year, ge),
    "year_to": (Movie.year, le),
    "rating_from": (Movie.rating, ge),
}
_YEARS = frozenset({"year", "year_from", "year_to"})
_RATINGS = frozenset({"rating_from"})
GENRES = frozenset({"genre_id", "genre_ids"})

# The filters of the first column of an order.
_FILTERS_OF_ORDER = {"newest": _YEARS, "rating": _RATINGS}


@dataclass(frozen=True, kw_only=True)
class MovieFilter:
    """The filters of a list; None and () stand for no filter. `title_part` is folded."""

    genre_ids: tuple[int, ...] = ()
    director_id: int | None = None
    year: int | None = None
    year_from: int | None = None
    year_to: int | None = None
    rating_from: float | None = None
    title_part: str | None = None

    def shape(self, engine: EngineModule) -> tuple["QueryShape", Values]:
        """Return the shape of the queries for an engine, and their values."""
        given = {name: value for name, value in vars(self).items() if value not in (None, ())}
        if len(self.genre_ids) == 1:
            given["genre_id"] = given.pop("genre_ids")[0]
        search_for = title_search if engine.HAS_TITLE_INDEX else text_search
        search, text = search_for(given.pop("title_part", None))
        return QueryShape(frozenset(given), search, engine.ESTIMATES_ROWS), given | text


class QueryShape(NamedTuple):
    """The filters, the search, and whether the engine estimates how many rows they match."""

    filters: frozenset[str]
    search: Search
    is_estimated: bool

    def index_filters(self, order: str | None) -> frozenset[str]:
        """Return the filters that may choose an index if films are read in this order.

        Without an order, the matching films are collected first, and then sorted or counted.
        """
        given = self.filters
        if "director_id" in given:
            return frozenset({"director_id"})  # A director has the fewest films.
        if self.is_estimated:
            return given
        if self.search is not Search.NONE:
            # Fewer films match the text, and the indexes of a genre have the beginning of titles.
            return given if given <= GENRES else frozenset()
        if order is not None and given != {"genre_id"}:
            # The indexes of orders have the columns of all filters. Only a genre has its own index.
            return given & _FILTERS_OF_ORDER.get(order, frozenset())
        if given & _YEARS and given & _RATINGS:
            # SQLite would use the index of ratings for any range, and read all films in it.
            return given & _YEARS
        return given

    def conditions(self, order: str | None) -> list[ColumnElement[bool]]:
        """Return the conditions of the filters if films are read in this order."""
        conditions, index_filters = [], self.index_filters(order)
        for name in sorted(self.filters):
            column, _ = _FILTERS[name]
            # A sum cannot choose an index.
            conditions.append(condition(name, column if name in index_filters else column + 0))
        return conditions


def condition(name: str, column: SQLColumnExpression[Any]) -> ColumnElement[bool]:
    """Return the condition of a filter on its column, or on an expression in its place."""
    _, compare = _FILTERS[name]
    return compare(column, bindparam(name, expanding=name == "genre_ids"))

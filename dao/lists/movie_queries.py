"""The queries of films. Each is built once; its values come when it is sent."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from operator import eq, ge, le
from types import ModuleType
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, SQLColumnExpression, bindparam, func, select

from dao.base import visible
from dao.importing import IMPORTED_COLUMNS
from dao.lists.pages import (
    Key,
    RowQuery,
    Values,
    ascending,
    count_and_revision,
    descending,
    limited,
    sliced,
)
from dao.lists.titles import Search, text_fits, text_search, title_search, titles_with
from dao.models import Director, Favorite, Genre, Movie

Comparison = Callable[[Any, Any], ColumnElement[bool]]

# What a list tells of a film.
COLUMNS: dict[str, SQLColumnExpression[Any]] = {
    "id": Movie.id,
    **{name: getattr(Movie, name) for name in IMPORTED_COLUMNS},
    "genre.id": Genre.id,
    "genre.name": Genre.name,
    "director.id": Director.id,
    "director.name": Director.name,
}

# Every order is total, so that pages neither repeat nor skip a film. The id is given: it may be
# read from another table than the films' own.
_ORDERS: dict[str, Callable[[SQLColumnExpression[int]], tuple[Key, ...]]] = {
    "id": lambda movie_id: (ascending(movie_id),),
    "newest": lambda movie_id: (descending(Movie.year), descending(movie_id)),
    "rating": lambda movie_id: (
        Key(Movie.rating.desc().nulls_last(), Movie.rating.asc().nulls_first()),
        ascending(movie_id),
    ),
    "title": lambda movie_id: (ascending(Movie.folded_title), ascending(movie_id)),
    "popular": lambda movie_id: (descending(Movie.favorites_count), ascending(movie_id)),
}

# What films are filtered by, and how a column is compared with the value.
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
_GENRES = frozenset({"genre_id", "genre_ids"})

# The filters of the column that an order begins with.
_FILTERS_OF_ORDER = {"newest": _YEARS, "rating": _RATINGS}

_VISIBLE = visible(Movie)

# A client decides which queries there are; each takes some 20 KiB.
_cached = lru_cache(maxsize=256)

_IS_THEIRS = Favorite.user_id == bindparam("user_id")
_NEWEST_FAVORITES = descending(Favorite.created_at), descending(Favorite.movie_id)


@dataclass(frozen=True, kw_only=True)
class MovieFilter:
    """Which films are wanted; None means any, and so do no genres. `title_part` is folded."""

    genre_ids: tuple[int, ...] = ()
    director_id: int | None = None
    year: int | None = None
    year_from: int | None = None
    year_to: int | None = None
    rating_from: float | None = None
    title_part: str | None = None

    def shape(self, engine: ModuleType) -> tuple[QueryShape, Values]:
        """Return what the queries for an engine depend on, and the values that they take."""
        given = {name: value for name, value in vars(self).items() if value not in (None, ())}
        if len(self.genre_ids) == 1:
            given["genre_id"] = given.pop("genre_ids")[0]
        part = given.pop("title_part", "")
        search_for = title_search if engine.HAS_TITLE_INDEX else text_search
        search, text = search_for(part) if part else (Search.NONE, {})
        return QueryShape(frozenset(given), search, engine.ESTIMATES_ROWS), given | text


class QueryShape(NamedTuple):
    """The filters, how the title is searched, and whether the engine knows what that leaves."""

    filters: frozenset[str]
    search: Search
    is_estimated: bool

    def choosing(self, order: str | None) -> frozenset[str]:
        """Return the filters that may choose an index, where films are walked through in an order.

        Without an order those that fit are gathered, and then sorted or counted.
        """
        given = self.filters
        if "director_id" in given:
            return frozenset({"director_id"})  # A director has the fewest films.
        if self.is_estimated:
            return given
        if self.search is not Search.NONE:
            # Fewer films have the text; the indexes of a genre know how titles begin.
            return given if given <= _GENRES else frozenset()
        if order is not None and given != {"genre_id"}:
            # The indexes of the orders have all that is filtered by. Only one genre has its own.
            return given & _FILTERS_OF_ORDER.get(order, frozenset())
        # SQLite would take the rating's index for any range, and read all films that it leaves.
        return given & _YEARS if given & _YEARS and given & _RATINGS else given


@_cached
def count_of_movies(shape: QueryShape) -> Select[int, int]:
    """Return the query of the number of films that fit, and the revision of the catalogue."""
    fits_all = not shape.filters and shape.search is Search.NONE
    return count_and_revision(Movie, None if fits_all else _matching(shape))


@_cached
def movies(shape: QueryShape, order: str, walks: bool, from_end: bool | None) -> RowQuery:
    """Return the query of all films that fit, or of a slice; `walks` through films in their order.

    The ids of a slice are found on an index; only then are the films read.
    """
    is_whole = from_end is None
    ids = _matching(shape, order if walks else None, with_movies=is_whole or order != "id")
    if from_end is not None:
        found = sliced(ids, _ORDERS[order](*ids.selected_columns), from_end=from_end)
        ids = select(Movie.id).where(Movie.id.in_(found))
    return _rows(ids, _ORDERS[order](Movie.id))


@cache
def count_of_favorites() -> Select[int]:
    """Return the query of how many films a user likes."""
    theirs = select(Favorite.movie_id).where(_IS_THEIRS)
    return select(func.count()).select_from(theirs.subquery())


@cache
def favorites(*, whole: bool) -> RowQuery:
    """Return the query of the films that a user likes, newest favorite first."""
    rows = _rows(select(Movie.id).join(Favorite).where(_IS_THEIRS), _NEWEST_FAVORITES)
    return rows if whole else limited(rows)


@cache
def favorite_ids(*, whole: bool) -> RowQuery:
    """Return the query of the ids of the same films."""
    ids = select(Favorite.movie_id).where(_IS_THEIRS)
    ids = ids.order_by(*(key.forwards for key in _NEWEST_FAVORITES))
    return ids if whole else limited(ids)


def _matching(
    shape: QueryShape, order: str | None = None, *, with_movies: bool = False
) -> Select[int]:
    """Return a query of the ids that fit, from the films' own table where it is needed."""
    conditions, choosing = [], shape.choosing(order)
    for name in sorted(shape.filters):
        column, compare = _FILTERS[name]
        # A sum cannot choose an index.
        compared = column if name in choosing else column + 0
        conditions.append(compare(compared, bindparam(name, expanding=name == "genre_ids")))
    if shape.search is Search.BEGINNING:
        conditions.append(text_fits(shape.search, Movie.folded_title))
    elif shape.search is not Search.NONE:
        found = titles_with(shape.search)
        if not conditions and not with_movies:
            return select(found.c.id).where(visible(Movie, found.c.id))
        # Not joined: SQLite would rather look each film of a genre up in the index of titles.
        conditions.append(Movie.id.in_(select(found.c.id)))
    return select(Movie.id).where(_VISIBLE, *conditions)


def _rows(movies: Select[int], keys: Sequence[Key]) -> RowQuery:
    rows = movies.with_only_columns(*COLUMNS.values(), maintain_column_froms=True)
    in_order = rows.order_by(*(key.forwards for key in keys))
    return in_order.join(Movie.genre).join(Movie.director)

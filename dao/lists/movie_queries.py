"""The queries of films. Each is built once; its values come when it is sent."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache, lru_cache
from typing import Any

from sqlalchemy import Select, SQLColumnExpression, bindparam, func, select

from dao.base import visible
from dao.importing import IMPORTED_COLUMNS
from dao.lists.movie_filters import QueryShape
from dao.lists.pages import (
    Key,
    RowQuery,
    ascending,
    count_and_revision,
    descending,
    limited,
    sliced,
)
from dao.lists.titles import Search, text_fits, titles_with
from dao.models import Director, Favorite, Genre, Movie

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

_VISIBLE = visible(Movie)

# A client decides which queries there are; each takes some 20 KiB.
_cached = lru_cache(maxsize=256)

_IS_THEIRS = Favorite.user_id == bindparam("user_id")
_NEWEST_FAVORITES = descending(Favorite.created_at), descending(Favorite.movie_id)


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
    conditions = shape.conditions(order)
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

"""The queries of films. Each is built once; its values come when it is sent."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, NamedTuple

from sqlalchemy import Select, SQLColumnExpression, bindparam, func, select

from dao.base import visible
from dao.importing import IMPORTED_COLUMNS
from dao.lists.pages import (
    Key,
    Values,
    ascending,
    count_and_revision,
    count_of,
    descending,
    limited,
    ordered,
    sliced,
)
from dao.lists.titles import Search, title_begins, title_search, titles_with
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

_FILTERS = {"genre_id": Movie.genre_id, "director_id": Movie.director_id, "year": Movie.year}

_VISIBLE = visible(Movie)

MovieRows = Select[*tuple[Any, ...]]


@dataclass(frozen=True, kw_only=True)
class MovieFilter:
    """Which films are wanted; None means any. `title_part` is a folded text."""

    genre_id: int | None = None
    director_id: int | None = None
    year: int | None = None
    title_part: str | None = None

    def shape(self, dialect: str) -> tuple[QueryShape, Values]:
        """Return what the queries depend on, and the values that they take."""
        given = {name: value for name in _FILTERS if (value := getattr(self, name)) is not None}
        if not self.title_part:
            return QueryShape(tuple(given), Search.NONE), given
        search, text = title_search(dialect, self.title_part)
        return QueryShape(tuple(given), search), given | text


class QueryShape(NamedTuple):
    """The columns that are compared, and how the title is searched."""

    filters: tuple[str, ...]
    search: Search


@cache
def count_of_movies(shape: QueryShape) -> Select[int, int]:
    """Return the query of the number of films that fit, and the revision of the catalogue."""
    fits_all = shape == QueryShape((), Search.NONE)
    return count_and_revision(Movie, None if fits_all else count_of(_matching(shape)))


@cache
def all_movies(shape: QueryShape, order: str) -> MovieRows:
    """Return the query of all films that fit."""
    return _rows(_matching(shape, with_movies=True), _ORDERS[order](Movie.id))


@cache
def slice_of_movies(shape: QueryShape, order: str, *, from_end: bool) -> MovieRows:
    """Return the query of a slice of the films that fit.

    Their ids are found on an index; only then are the films read.
    """
    ids = _matching(shape, with_movies=order != "id")
    found = sliced(ids, _ORDERS[order](*ids.selected_columns), from_end=from_end)
    return _rows(select(Movie.id).where(Movie.id.in_(found)), _ORDERS[order](Movie.id))


@cache
def count_of_favorites() -> Select[int]:
    """Return the query of how many films a user likes."""
    theirs = select(Favorite.movie_id).where(Favorite.user_id == bindparam("user_id"))
    return select(func.count()).select_from(theirs.subquery())


@cache
def favorites(*, whole: bool) -> MovieRows:
    """Return the query of the films that a user likes, newest favorite first."""
    movies = select(Movie.id).join(Favorite).where(Favorite.user_id == bindparam("user_id"))
    rows = _rows(movies, (descending(Favorite.created_at), descending(Favorite.movie_id)))
    return rows if whole else limited(rows)


def _matching(shape: QueryShape, *, with_movies: bool = False) -> Select[int]:
    """Return a query of the ids that fit, from the films' own table where it is needed."""
    conditions = []
    for name in shape.filters:
        column: SQLColumnExpression[int] = _FILTERS[name]
        if "director_id" in shape.filters and name != "director_id":
            # A sum, since it must not choose the index: a director has the fewest films.
            column = column + 0
        conditions.append(column == bindparam(name))
    if shape.search is Search.BEGINNING:
        conditions.append(title_begins())
    elif shape.search is not Search.NONE:
        found = titles_with(shape.search)
        if not conditions and not with_movies:
            return select(found.c.id).where(visible(Movie, found.c.id))
        # Not joined: SQLite would rather look each film of a genre up in the index of titles.
        conditions.append(Movie.id.in_(select(found.c.id)))
    return select(Movie.id).where(_VISIBLE, *conditions)


def _rows(movies: Select[int], keys: Sequence[Key]) -> MovieRows:
    rows = movies.with_only_columns(*COLUMNS.values(), maintain_column_froms=True)
    return ordered(rows.join(Movie.genre).join(Movie.director), keys)

"""The queries of films. Each is built once, with parameters."""

from collections.abc import Callable
from functools import cache, lru_cache
from typing import Any

from sqlalchemy import (
    CompoundSelect,
    Integer,
    Select,
    SQLColumnExpression,
    bindparam,
    func,
    select,
)

from dao.base import visible
from dao.importing import IMPORTED_COLUMNS
from dao.lists.movie_filters import GENRES, QueryShape, condition
from dao.lists.pages import (
    Key,
    RowQuery,
    ascending,
    count_and_revision,
    count_of,
    descending,
    ordered,
    sliced,
)
from dao.lists.titles import CONTAINS_TEXT, TITLES, Search, text_matches, titles_matching
from dao.models import Director, Favorite, Genre, ListState, Movie

# The columns of a list of films.
COLUMNS: dict[str, SQLColumnExpression[Any]] = {
    "id": Movie.id,
    **{name: getattr(Movie, name) for name in IMPORTED_COLUMNS},
    "genre.id": Genre.id,
    "genre.name": Genre.name,
    "director.id": Director.id,
    "director.name": Director.name,
}

# Orders are total (the id breaks ties), so that pages neither repeat nor skip a film. The argument
# has the columns: those of `Movie` or of a subquery.
_ORDERS: dict[str, Callable[[Any], tuple[Key, ...]]] = {
    "id": lambda movie: (ascending(movie.id),),
    "newest": lambda movie: (descending(movie.year), descending(movie.id)),
    "rating": lambda movie: (
        Key(movie.rating.desc().nulls_last(), movie.rating.asc().nulls_first()),
        ascending(movie.id),
    ),
    "title": lambda movie: (ascending(movie.folded_title), ascending(movie.id)),
    "popular": lambda movie: (descending(movie.favorites_count), ascending(movie.id)),
}
_ORDERED_BY = Movie.year, Movie.rating, Movie.folded_title, Movie.favorites_count

_VISIBLE = visible(Movie)

# Clients decide how many different queries there are. Each takes about 20 KiB.
_cached = lru_cache(maxsize=256)

_OF_USER = Favorite.user_id == bindparam("user_id")
_NEWEST_FAVORITES = descending(Favorite.created_at), descending(Favorite.movie_id)


@_cached
def count_of_movies(shape: QueryShape) -> Select[int, int, int]:
    """Return the query of the number of matching films, the revision, and the number of films."""
    total: SQLColumnExpression[int] | None = None
    if shape.search is not Search.NONE or not shape.filters <= GENRES:
        total = count_of(_matching(shape))
    elif shape.filters:
        of_genres = (condition(name, Genre.id) for name in shape.filters)
        stored = select(func.coalesce(func.sum(Genre.movies_count), 0)).where(*of_genres)
        total = stored.scalar_subquery()
    return count_and_revision(Movie, total).add_columns(ListState.total)


@_cached
def movies(shape: QueryShape, order: str, in_order: bool, from_end: bool | None) -> RowQuery:
    """Return the query of the matching films, or of a slice if `from_end` is not None.

    With `in_order`, films are read in their order until enough of them match. The ids of a slice
    are read from an index before the films.
    """
    is_whole = from_end is None
    ids = _matching(shape, order if in_order else None, with_movies=is_whole or order != "id")
    if from_end is not None:
        if shape.search is Search.SUBSTRING:
            found = _with_substring(ids, order, in_order=in_order, from_end=from_end)
        else:
            columns = ids.selected_columns if order == "id" else Movie
            found = sliced(ids, _ORDERS[order](columns), from_end=from_end)
        ids = select(Movie.id).where(Movie.id.in_(found))
    return ordered(_rows(ids), _ORDERS[order](Movie))


def _with_substring(
    ids: Select[int], order: str, *, in_order: bool, from_end: bool
) -> Select[int] | CompoundSelect[int]:
    """Return the query of a slice of the films whose title contains a text, on PostgreSQL.

    With `in_order`, the first `ahead` films of the order are tested first. If they do not fill the
    slice, all matching films are collected and sorted.
    """
    keys = _ORDERS[order]
    columns = () if order == "id" else _ORDERED_BY
    # The offset makes PostgreSQL collect the films first. Its planner would otherwise combine them
    # with the order and the limit, and read all films in that order until enough of them match.
    collected = ids.add_columns(*columns).offset(0).subquery()
    all_matching = sliced(select(collected.c.id), keys(collected.c), from_end=from_end)
    if not in_order:
        return all_matching
    ordered_movies = ordered(
        select(Movie.id, *columns).where(_VISIBLE), keys(Movie), from_end=from_end
    )
    ahead = ordered_movies.limit(bindparam("ahead", type_=Integer)).subquery()
    containing = select(ahead.c.id).join(TITLES, TITLES.c.id == ahead.c.id).where(CONTAINS_TEXT)
    first_matching = (
        sliced(containing, keys(ahead.c), from_end=from_end)
        .cte("first_matching")
        .prefix_with("MATERIALIZED")
    )
    number = select(func.count()).select_from(first_matching).scalar_subquery()
    is_short = number < bindparam("limit", type_=Integer)
    return select(first_matching.c.id).union_all(all_matching.where(is_short))


@cache
def count_of_favorites() -> Select[int]:
    """Return the query of the number of favorites of a user."""
    return select(func.count()).select_from(Favorite).where(_OF_USER)


@cache
def favorites(*, ids_only: bool, whole: bool) -> RowQuery:
    """Return the query of the favorite films of a user or their ids, newest favorite first."""
    rows = select(Favorite.movie_id) if ids_only else _rows(select(Movie.id).join(Favorite))
    select_in_order = ordered if whole else sliced
    return select_in_order(rows.where(_OF_USER), _NEWEST_FAVORITES)


def _matching(
    shape: QueryShape, order: str | None = None, *, with_movies: bool = False
) -> Select[int]:
    """Return the query of the ids of matching films, which reads `movies` only if necessary."""
    conditions = shape.conditions(order)
    if shape.search is Search.PREFIX:
        conditions.append(text_matches(shape.search, Movie.folded_title))
    elif shape.search is not Search.NONE:
        found = titles_matching(shape.search)
        if not conditions and not with_movies:
            return found.where(visible(Movie, found.selected_columns.id))
        if shape.search is Search.SUBSTRING:
            conditions += [TITLES.c.id == Movie.id, CONTAINS_TEXT]
        else:
            # In a join, SQLite would look up each film of a genre in the index of titles.
            conditions.append(Movie.id.in_(found))
    return select(Movie.id).where(_VISIBLE, *conditions)


def _rows(movies: Select[int]) -> RowQuery:
    rows = movies.with_only_columns(*COLUMNS.values(), maintain_column_froms=True)
    return rows.join(Movie.genre).join(Movie.director)

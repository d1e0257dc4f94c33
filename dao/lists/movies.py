"""The queries of films. Each is made once; its values come when it is sent."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, NamedTuple

from sqlalchemy import (
    ColumnElement,
    Select,
    SQLColumnExpression,
    bindparam,
    exists,
    func,
    null,
    select,
)
from sqlalchemy.orm import joinedload, with_expression

from dao.base import visible
from dao.lists import titles as title_search
from dao.lists.pages import Key, Values, down, known, length, limited, ordered, up, within
from dao.lists.titles import Search
from dao.models import Director, Favorite, Genre, Movie

# What a list tells of a film.
CARD: dict[str, SQLColumnExpression[Any]] = {
    "id": Movie.id,
    "title": Movie.title,
    "description": Movie.description,
    "trailer": Movie.trailer,
    "year": Movie.year,
    "rating": Movie.rating,
    "genre.id": Genre.id,
    "genre.name": Genre.name,
    "director.id": Director.id,
    "director.name": Director.name,
}

# Every order is total, so that pages neither repeat nor skip a film. The id is given: it may be
# read from another table than the films' own.
_ORDERS: dict[str, Callable[[SQLColumnExpression[int]], tuple[Key, ...]]] = {
    "id": lambda movie_id: (up(movie_id),),
    "newest": lambda movie_id: (down(Movie.year), down(movie_id)),
    "rating": lambda movie_id: (
        Key(Movie.rating.desc().nulls_last(), Movie.rating.asc().nulls_first()),
        up(movie_id),
    ),
    "title": lambda movie_id: (up(Movie.folded_title), up(movie_id)),
    "popular": lambda movie_id: (down(Movie.favorites_count), up(movie_id)),
}

_FILTERS = {"genre_id": Movie.genre_id, "director_id": Movie.director_id, "year": Movie.year}

Cards = Select[*tuple[Any, ...]]


@dataclass(frozen=True, kw_only=True)
class MovieFilter:
    """Which films are wanted; None means any. `title_part` is a folded text."""

    genre_id: int | None = None
    director_id: int | None = None
    year: int | None = None
    title_part: str | None = None

    def plan(self, dialect: str) -> tuple[Plan, Values]:
        """Return what the queries depend on, and the values that they take."""
        given = {name: value for name in _FILTERS if (value := getattr(self, name)) is not None}
        search, text = title_search.plan(dialect, self.title_part or "")
        return Plan(tuple(given), search), given | text


class Plan(NamedTuple):
    """The columns that are compared, and how the title is looked for."""

    filters: tuple[str, ...]
    search: Search


@cache
def length_of(plan: Plan) -> Select[int, int]:
    """Return the query of the number of films that fit, and the revision of the catalogue."""
    fits_all = plan == Plan((), Search.NOT)
    return known(Movie) if fits_all else known(Movie, length(_matching(plan)))


@cache
def film(*, for_user: bool) -> Select[Movie]:
    """Return the query of the film `movie_id`, and of whether it is a favorite of `user_id`."""
    mine: ColumnElement[Any] = null()
    if for_user:
        is_theirs = Favorite.user_id == bindparam("user_id")
        mine = exists().where(is_theirs, Favorite.movie_id == bindparam("movie_id"))
    query = select(Movie).where(Movie.id == bindparam("movie_id"), visible(Movie))
    return with_credits(query.options(with_expression(Movie.is_favorite, mine)))


@cache
def all_films(plan: Plan, order: str) -> Cards:
    """Return the query of all films that fit."""
    return _cards(_matching(plan, with_films=True), _ORDERS[order](Movie.id))


@cache
def films_within(plan: Plan, order: str, *, from_end: bool) -> Cards:
    """Return the query of a cut of the films that fit.

    Its ids are cut from an index; only then are the films looked at.
    """
    ids = _matching(plan, with_films=order != "id")
    cut = within(ids, _ORDERS[order](*ids.selected_columns), from_end=from_end)
    return _cards(select(Movie.id).where(Movie.id.in_(cut)), _ORDERS[order](Movie.id))


@cache
def number_of_favorites() -> Select[int]:
    """Return the query of how many films a user likes."""
    theirs = select(Favorite.movie_id).where(Favorite.user_id == bindparam("user_id"))
    return select(func.count()).select_from(theirs.subquery())


@cache
def favorites(*, whole: bool) -> Cards:
    """Return the query of the films that a user likes, newest favorite first."""
    films = select(Movie.id).join(Favorite).where(Favorite.user_id == bindparam("user_id"))
    cards = _cards(films, (down(Favorite.created_at), down(Favorite.movie_id)))
    return cards if whole else limited(cards)


def _matching(plan: Plan, *, with_films: bool = False) -> Select[int]:
    """Return a query of the ids that fit, from the films' own table where it is needed."""
    conditions = []
    for name in plan.filters:
        column: SQLColumnExpression[int] = _FILTERS[name]
        if "director_id" in plan.filters and name != "director_id":
            # A sum, since it must not choose the index: a director has the fewest films.
            column = column + 0
        conditions.append(column == bindparam(name))
    if plan.search is Search.BEGINNING:
        conditions.append(title_search.beginning())
    elif plan.search is not Search.NOT:
        found = title_search.holding(plan.search)
        if not conditions and not with_films:
            return select(found.c.id).where(visible(Movie, found.c.id))
        # Not joined: SQLite would rather look each film of a genre up in the index of titles.
        conditions.append(Movie.id.in_(select(found.c.id)))
    return select(Movie.id).where(visible(Movie), *conditions)


def _cards(films: Select[int], keys: Sequence[Key]) -> Cards:
    cards = films.with_only_columns(*CARD.values(), maintain_column_froms=True)
    return ordered(cards.join(Movie.genre).join(Movie.director), keys)


def with_credits(query: Select[Movie]) -> Select[Movie]:
    """Return the query of films together with their genre and director."""
    return query.options(
        joinedload(Movie.genre, innerjoin=True), joinedload(Movie.director, innerjoin=True)
    )

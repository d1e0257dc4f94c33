"""Films."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, SQLColumnExpression, exists, func, null, select
from sqlalchemy.orm import joinedload, with_expression

from dao import title_search
from dao.base import Window, is_public
from dao.listing import Found, Key, ListingDAO, cut, down, ordered, up
from dao.models import Director, Favorite, Genre, Movie

# What a list tells of a film.
_CARD: dict[str, SQLColumnExpression[Any]] = {
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


@dataclass(frozen=True, kw_only=True)
class MovieFilter:
    """Which films are wanted; None means any. `title_part` is a folded text."""

    genre_id: int | None = None
    director_id: int | None = None
    year: int | None = None
    title_part: str | None = None


class MovieDAO(ListingDAO):
    """Films are always read together with their genre and director."""

    def get(self, movie_id: int, user_id: int | None = None) -> Movie | None:
        """Return the film, or None.

        Its `is_favorite` says whether it is one of the user's, and is None without a user.
        """
        mine: ColumnElement[Any] = null()
        if user_id is not None:
            mine = exists().where(Favorite.user_id == user_id, Favorite.movie_id == movie_id)
        query = select(Movie).where(Movie.id == movie_id, is_public(Movie))
        query = query.options(with_expression(Movie.is_favorite, mine))
        # What this session has read for somebody else is not kept.
        return self._session.scalar(_with_credits(query).execution_options(populate_existing=True))

    def lock(self, movie_id: int) -> bool:
        """Keep the film's row for the transaction; False when there is no such film."""
        query = select(Movie.id).where(Movie.id == movie_id, is_public(Movie))
        return self._session.scalar(query.with_for_update(key_share=True)) is not None

    def find(self, wanted: MovieFilter, order: str = "id", window: Window | None = None) -> Found:
        """Return films in the order "id", "newest", "rating", "title" or "popular".

        Newest: the later year first, then the higher id. Rating: highest first, unrated last.
        Title: by code points of the folded title. Popular: most favorites first. Ties of the last
        three go by ascending id. It takes one statement now and one while the rows are read.
        """
        counted = None if wanted == MovieFilter() else self._matching(wanted)
        total, revision = self._known(Movie, counted)
        keys = _ORDERS[order]
        if window is None:
            films = self._matching(wanted, with_films=True)
        elif window.offset < total:
            # The ids are cut from an index; only then are the films looked at.
            ids = self._matching(wanted, with_films=order != "id")
            page = cut(ids, keys(*ids.selected_columns), window, total)
            films = select(Movie.id).where(Movie.id.in_(page))
        else:
            films = None
        return Found(
            () if films is None else self._cards(films, keys(Movie.id), whole=window is None),
            tuple(_CARD),
            total,
            None if order == "popular" else revision,
        )

    def find_favorites(self, user_id: int, window: Window | None = None) -> Found:
        """Return the films that the user likes, newest favorite first."""
        mine = select(Favorite.movie_id).where(Favorite.user_id == user_id)
        total = self._session.scalar(select(func.count()).select_from(mine.subquery())) or 0
        films = select(Movie.id).join(Favorite).where(Favorite.user_id == user_id)
        if window is not None:
            films = films.offset(window.offset).limit(window.limit)
        keys = (down(Favorite.created_at), down(Favorite.movie_id))
        rows = self._cards(films, keys, whole=window is None)
        return Found(rows, tuple(_CARD), total, revision=None)

    def get_favorite(self, user_id: int, movie_id: int) -> Movie | None:
        """Return the film if it is one of the user's favorites, else None."""
        query = select(Movie).join(Favorite)
        mine = query.where(Favorite.user_id == user_id, Favorite.movie_id == movie_id)
        return self._session.scalar(_with_credits(mine))

    def _matching(self, wanted: MovieFilter, *, with_films: bool = False) -> Select[int]:
        """Return a query of the ids that fit, from the films' own table where it is needed."""
        conditions = [
            column == value
            for column, value in (
                (Movie.genre_id, wanted.genre_id),
                (Movie.director_id, wanted.director_id),
                (Movie.year, wanted.year),
            )
            if value is not None
        ]
        part = wanted.title_part or ""
        if len(part) < title_search.PART_LENGTH:
            if part:
                conditions.append(title_search.begins_with(part))
            return select(Movie.id).where(is_public(Movie), *conditions)
        found = title_search.holding(self._session, part)
        if not conditions and not with_films:
            return select(found.c.id).where(is_public(Movie, found.c.id))
        # Not joined: SQLite would rather look each film of a genre up in the index of titles.
        conditions.append(Movie.id.in_(select(found.c.id)))
        return select(Movie.id).where(is_public(Movie), *conditions)

    def _cards(
        self, films: Select[int], keys: Sequence[Key], *, whole: bool
    ) -> Iterator[Sequence[Any]]:
        cards = films.with_only_columns(*_CARD.values(), maintain_column_froms=True)
        cards = cards.join(Movie.genre).join(Movie.director)
        return self._rows(ordered(cards, keys), whole=whole)


def _with_credits(query: Select[Movie]) -> Select[Movie]:
    return query.options(
        joinedload(Movie.genre, innerjoin=True), joinedload(Movie.director, innerjoin=True)
    )

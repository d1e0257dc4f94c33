"""Ways of doing without a technique for a while, to see what it is worth."""

import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import Any
from unittest import mock

from flask import current_app
from sqlalchemy import inspect, select

from dao.lists import movie_filters, movie_queries, movies, titles
from dao.lists.pages import Slice, count_and_revision, count_of
from dao.models import ListState, Movie
from setup_db import db
from views.http.cache import ResponseCache
from views.http.cache.revision import REVISION_SECONDS


@contextmanager
def response_cache() -> Iterator[None]:
    """Every response is made anew."""

    def make(
        _cache: object, _key: str, _url: object, _revision: int, make: Callable[[], Any]
    ) -> Any:
        return make()

    with (
        mock.patch.object(ResponseCache, "lookup", return_value=None),
        mock.patch.object(ResponseCache, "get_or_make", make),
    ):
        yield


@contextmanager
def cached_revision() -> Iterator[None]:
    """Every request asks the database for the revision of the catalogue."""
    with mock.patch.object(current_app.extensions["catalogue_revision"], "seconds", 0.0):
        time.sleep(REVISION_SECONDS)  # What was read before is good for so long.
        yield


@contextmanager
def indexes(*names: str, of: str = "movies") -> Iterator[None]:
    """The indexes are dropped in the transaction of the current session, which rolls it back."""
    connection = db.session.connection()
    existing = {index["name"] for index in inspect(connection).get_indexes(of)}
    for name in existing & set(names):
        connection.exec_driver_sql(f"DROP INDEX {name}")
    try:
        yield
    finally:
        db.session.rollback()


def nearer_end() -> AbstractContextManager[Any]:
    """Every page is counted from the beginning of the list."""

    def slice_of_page(number: int | None, size: int, _total: int) -> Slice:
        return Slice(from_end=False, offset=((number or 1) - 1) * size, limit=size)

    return mock.patch.object(movies, "slice_of_page", slice_of_page)


@contextmanager
def search_index() -> Iterator[None]:
    """A search reads every title, as it does on PostgreSQL without its extension."""
    films = Movie.__table__
    with (
        mock.patch.object(movie_filters, "title_search", titles.text_search),
        mock.patch.object(titles, "TITLES", films),
        mock.patch.object(movie_queries, "TITLES", films),
        indexes("ix_movie_titles_parts", of="movie_titles"),
    ):
        yield


def stored_counts() -> AbstractContextManager[Any]:
    """The length of a list is counted for every page."""
    counted = count_and_revision(Movie, count_of(select(Movie.id))).add_columns(ListState.total)
    return mock.patch.object(movie_queries, "count_of_movies", return_value=counted)

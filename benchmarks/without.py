"""Contexts that switch a technique off, to measure its effect."""

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
    """No response is cached."""

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
    """Every request reads the revision of the catalogue from the database."""
    with mock.patch.object(current_app.extensions["catalogue_revision"], "seconds", 0.0):
        time.sleep(REVISION_SECONDS)  # Until the known revision is outdated.
        yield


@contextmanager
def indexes(*names: str, of: str = "movies") -> Iterator[None]:
    """The indexes are dropped in the current transaction, which is rolled back at the end."""
    connection = db.session.connection()
    existing = {index["name"] for index in inspect(connection).get_indexes(of)}
    for name in existing & set(names):
        connection.exec_driver_sql(f"DROP INDEX {name}")
    try:
        yield
    finally:
        db.session.rollback()


def nearer_end() -> AbstractContextManager[Any]:
    """Every page is found from the beginning of the list."""

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

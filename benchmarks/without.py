"""Ways of doing without a technique for a while, to see what it is worth."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from functools import partial
from typing import Any
from unittest import mock

from flask import current_app
from sqlalchemy import inspect, select

from dao import movie as movie_dao
from dao.base import Window
from dao.lists import movies as movie_lists
from dao.lists import titles as title_search
from dao.lists.pages import Cut, known, length
from dao.models import Movie
from setup_db import db
from views.http.cache.middleware import REVISION_SECONDS


@contextmanager
def cached_revision() -> Iterator[None]:
    """Every request asks the database for the revision of the catalogue."""
    with mock.patch.object(current_app.extensions["revision"], "seconds", 0.0):
        time.sleep(REVISION_SECONDS)  # What was read before is good for so long.
        yield


@contextmanager
def indexes(*names: str) -> Iterator[None]:
    """The indexes are dropped in the transaction of the current session, which rolls it back."""
    connection = db.session.connection()
    known = {index["name"] for index in inspect(connection).get_indexes("movies")}
    for name in known & set(names):
        connection.exec_driver_sql(f"DROP INDEX {name}")
    try:
        yield
    finally:
        db.session.rollback()


def nearer_end() -> AbstractContextManager[Any]:
    """Every page is counted from the beginning of the list."""

    def cut(window: Window, _: int) -> Cut:
        return Cut(from_end=False, offset=window.offset, limit=window.limit)

    return mock.patch.object(movie_dao, "cut", cut)


@contextmanager
def search_index() -> Iterator[None]:
    """A search reads every title, as it does on PostgreSQL without its extension."""
    plan = partial(title_search.plan, "postgresql")
    with (
        mock.patch.object(title_search, "plan", lambda _, part: plan(part)),
        indexes("ix_movies_title_parts"),
    ):
        yield


def kept_totals() -> AbstractContextManager[Any]:
    """The length of a list is counted for every page."""
    counted = known(Movie, length(select(Movie.id)))
    return mock.patch.object(movie_lists, "length_of", return_value=counted)

"""Ways of doing without a technique for a while, to see what it is worth."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from typing import Any
from unittest import mock

from flask import current_app
from sqlalchemy import FromClause, Select, func, inspect, select
from sqlalchemy.orm import Session

from dao.base import Window
from dao.listing import Key, ListingDAO, ordered
from dao.models import Collection, Movie
from helpers.kept import KeptAnswers
from setup_db import db


def kept_answers() -> AbstractContextManager[Any]:
    """Every answer is made anew."""
    return mock.patch.object(KeptAnswers, "_find", return_value=None)


def cached_revision() -> AbstractContextManager[Any]:
    """Every request asks the database for the revision of the catalogue."""
    return mock.patch.multiple(current_app.extensions["revision"], seconds=0.0, _ends=0.0)


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

    def cut(query: Select[Any], keys: Sequence[Key], window: Window, _: int) -> Select[Any]:
        return ordered(query, keys).offset(window.offset).limit(window.limit)

    return mock.patch("dao.movie.cut", cut)


@contextmanager
def search_index() -> Iterator[None]:
    """A search reads every title."""

    def holding(_: Session, part: str) -> FromClause:
        titles = select(Movie.id).where(Movie.folded_title.contains(part, autoescape=True))
        return titles.cte("found").prefix_with("MATERIALIZED")

    with mock.patch("dao.title_search.holding", holding), indexes("ix_movies_title_parts"):
        yield


def kept_totals() -> AbstractContextManager[Any]:
    """The length of a list is counted for every page."""

    def known(self: ListingDAO, model: type[Movie], matching: Select[Any] | None) -> Any:
        rows = select(model.id) if matching is None else matching
        total = select(func.count()).select_from(rows.subquery()).scalar_subquery()
        query = select(total, Collection.revision).where(Collection.name == model.__tablename__)
        return self._session.execute(query).one()

    return mock.patch.object(ListingDAO, "_known", known)

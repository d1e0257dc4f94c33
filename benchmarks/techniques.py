"""The effect of each technique: the same work in one process, with it and without it."""

import json
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, nullcontext
from statistics import median
from typing import Any, NamedTuple

import orjson
from flask import Flask
from sqlalchemy import func, select, text
from werkzeug.test import EnvironBuilder, run_wsgi_app

from benchmarks import without
from benchmarks.databases import Databases
from benchmarks.load import REFERENCE
from benchmarks.peers.flask_restx_orm import Film
from benchmarks.peers.queries import movies
from benchmarks.process import application
from constants import PAGE_SIZE
from dao.lists import MovieFilter
from dao.models import Favorite, ListState, Movie
from dao.movie import MovieDAO
from setup_db import db
from views import schemas
from views.http.row_serializer import row_serializer

HEADINGS = ("engine", "technique", "measured on", "with it", "without it", "worth")

_PART = "wilthe"  # A frequent part of titles.
_SMALL_SECONDS = 0.02  # Shorter work is repeated for this long.


class Technique(NamedTuple):
    """Work, and a context or other work without the technique."""

    name: str
    measured_on: str
    work: Callable[[], object]
    off: Callable[[], AbstractContextManager[Any]] = nullcontext
    instead: Callable[[], object] | None = None


def rows(engine: str, databases: Databases, most: int, rounds: int) -> Iterator[tuple[str, ...]]:
    """Yield the effect of each technique as lines of a table."""
    for films, techniques in ((REFERENCE, _of_responses), (most, _of_queries)):
        with application(databases.catalogue(films)) as app:
            for technique in techniques(app, films):
                sys.stderr.write(f"  {technique.name}\n")
                yield engine, *_worth(technique, rounds)


def _worth(technique: Technique, rounds: int) -> tuple[str, ...]:
    work, instead = technique.work, technique.instead or technique.work
    pairs = [(_seconds(work), _seconds(instead, technique.off)) for _ in range(rounds + 1)][1:]
    with_it, without_it = (median(side) * 1000 for side in zip(*pairs, strict=True))
    worth = median(slow / fast for fast, slow in pairs)
    times = f"{with_it:.3g} ms", f"{without_it:.3g} ms"
    return technique.name, technique.measured_on, *times, f"{worth:.3g} ×"


def _seconds(
    work: Callable[[], object], off: Callable[[], AbstractContextManager[Any]] = nullcontext
) -> float:
    """Return how long the work takes once, in a transaction of its own."""
    if db.engine.dialect.name == "postgresql":
        db.session.execute(text("SET LOCAL statement_timeout = 0"))
    with off():
        work()  # Fills caches and compiles statements.
        times, began = 0, time.perf_counter()
        while not times or time.perf_counter() - began < _SMALL_SECONDS:
            work()
            times += 1
        seconds = (time.perf_counter() - began) / times
    db.session.rollback()
    return seconds


def _of_responses(app: Flask, films: int) -> Iterator[Technique]:
    session, dao, plain = (
        db.session,
        MovieDAO(db.session),
        Film(many=True),
    )  # The current session, used like one.
    schema = schemas.Movie()

    def response(path: str) -> Callable[[], object]:
        return lambda: run_wsgi_app(app.wsgi_app, EnvironBuilder(path).get_environ(), buffered=True)

    def columns(number: int | None) -> Callable[[], object]:
        def work() -> bytes:
            page = dao.find(MovieFilter(), "id", number)
            return orjson.dumps(list(map(row_serializer(schema, page.columns), page.rows)))

        return work

    def entities(page: int | None) -> Callable[[], object]:
        state = select(ListState.total, ListState.revision).where(ListState.name == "movies")

        def work() -> str:
            session.expunge_all()
            session.execute(state).one()
            return json.dumps(plain.dump(session.scalars(movies(page))))

        return work

    page, whole = f"a page, {films:,} films", f"all {films:,} films"
    first, every = "/movies/?page=1", "/movies/"
    yield Technique("response cache", page, response(first), without.response_cache)
    yield Technique("a cached file", whole, response(every), without.response_cache)
    yield Technique(
        "revision read once a second",
        *(f"{page}, cached", response(first), without.cached_revision),
    )
    name = "columns and orjson, not entities and marshmallow"
    yield Technique(name, page, columns(1), instead=entities(1))
    yield Technique(name, whole, columns(None), instead=entities(None))


def _of_queries(_: Flask, films: int) -> Iterator[Technique]:
    dao = MovieDAO(db.session)  # The current session, used like one.

    def page(order: str, number: int = 1, **wanted: Any) -> Callable[[], object]:
        return lambda: list(dao.find(MovieFilter(**wanted), order, number).rows)

    def count_favorites() -> object:
        counted = select(func.count()).where(Favorite.movie_id == Movie.id).scalar_subquery()
        return db.session.execute(select(Movie, counted).where(Movie.id == 1)).one()

    of = f"{films:,} films"
    last = films // PAGE_SIZE
    yield Technique(
        "an index of every order",
        *(f"best films, {of}", page("rating"), lambda: without.indexes("ix_movies_rating")),
    )
    yield Technique(
        "the same within a genre",
        f"best films of a genre, {of}",
        page("rating", genre_ids=(1,)),
        lambda: without.indexes("ix_movies_genre_rating"),
    )
    yield Technique(
        "reading from the nearer end",
        *(f"last page, newest first, {of}", page("newest", last), without.nearer_end),
    )
    yield Technique(
        "an index of parts of titles",
        *(f"search, {of}", page("id", title_part=_PART), without.search_index),
    )
    yield Technique("stored counts", f"a page, {of}", page("id"), without.stored_counts)
    yield Technique(
        "stored numbers of favorites",
        *(f"a film with {films:,}", lambda: dao.get(1)),
        instead=count_favorites,
    )

"""Imports, run as the command runs them, with small catalogues."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

from sqlalchemy import Engine, Select, select

from dao.models import Director, Genre, ListState, Movie
from helpers.catalogue import Catalogue, CatalogueMovie
from implemented import build_importer
from service.importing import ImportService, Report
from setup_db import session_without_timeouts

States = dict[str, tuple[int, int, int | None]]


def a_film(external_id: str = "1", **values: Any) -> CatalogueMovie:
    row: dict[str, Any] = {
        "title": "Solaris",
        "description": "An ocean thinks.",
        "year": 1972,
        "rating": 8.0,
        "genre": "Drama",
        "director_id": "7",
    }
    return CatalogueMovie(external_id=external_id, **{**row, **values})


def many(number: int, **values: Any) -> Iterable[CatalogueMovie]:
    for film in range(number):
        yield a_film(str(film), title=f"Film {film}", director_id=str(film % 7), **values)


def a_catalogue(*films: CatalogueMovie, **values: Any) -> Catalogue:
    """Return a catalogue of these films, with their genres and directors."""
    made = Catalogue(
        source="demo",
        genres=dict.fromkeys(film.genre for film in films),
        directors={film.director_id: f"Director {film.director_id}" for film in films},
        movies=films,
        size=len(films),
    )
    return replace(made, **values)


@contextmanager
def importer(engine: Engine) -> Iterator[ImportService]:
    with session_without_timeouts(engine) as session:
        yield build_importer(session)


def load(engine: Engine, *films: CatalogueMovie, **values: Any) -> Report:
    """Import a catalogue of these films."""
    return load_all(engine, a_catalogue(*films, **values))


def load_all(engine: Engine, catalogue: Catalogue, **options: Any) -> Report:
    with importer(engine) as imports:
        return imports.load(catalogue, quietly, **options)


def compare(engine: Engine, catalogue: Catalogue, **options: Any) -> Report:
    with importer(engine) as imports:
        return imports.compare(catalogue, quietly, **options)


def read(engine: Engine, query: Select[*tuple[Any, ...]]) -> list[dict[str, Any]]:
    with engine.connect() as connection:
        return [dict(row) for row in connection.execute(query).mappings()]


def films(engine: Engine) -> list[dict[str, Any]]:
    """Return the rows of all films, with the names of genre and director, in order of insertion."""
    query = select(
        *Movie.__table__.columns, Genre.name.label("genre"), Director.name.label("director")
    )
    return read(engine, query.join(Movie.genre).join(Movie.director).order_by(Movie.id))


def titles(engine: Engine) -> list[str]:
    return [film["title"] for film in films(engine)]


def names(engine: Engine, model: type[Genre] | type[Director]) -> dict[str, str]:
    """Return the names and their folded forms, in order of insertion."""
    rows = read(engine, select(model.name, model.folded_name).order_by(model.id))
    return {row["name"]: row["folded_name"] for row in rows}


def quietly(_step: str, _done: int, _total: int) -> None:
    """Ignore the progress of an import."""


def states(engine: Engine) -> States:
    """Return the revision, total and `visible_up_to` of each list."""
    rows = read(engine, select(*ListState.__table__.columns))
    return {row["name"]: (row["revision"], row["total"], row["visible_up_to"]) for row in rows}

"""Imports as the command does them, with catalogues made of a few words."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from sqlalchemy import Engine

from helpers.catalogue.model import Catalogue, Film
from implemented import build_importer
from service.catalogue_import import Report
from setup_db import session_without_timeouts


def a_film(external_id: str = "1", **values: Any) -> Film:
    film = Film(external_id, "Solaris", "An ocean thinks.", "", 1972, 8.0, "Drama", "7")
    return film._replace(**values)


def a_catalogue(*films: Film, **values: Any) -> Catalogue:
    """A catalogue of these films, with all genres and directors that they name."""
    made = Catalogue(
        source="demo",
        genres=dict.fromkeys(film.genre for film in films),
        directors={film.director_id: f"Director {film.director_id}" for film in films},
        films=films,
        size=len(films),
    )
    return replace(made, **values)


def load(engine: Engine, *films: Film, **values: Any) -> Report:
    """Import a catalogue of these films."""
    return load_all(engine, a_catalogue(*films, **values))


def load_all(engine: Engine, catalogue: Catalogue) -> Report:
    with session_without_timeouts(engine) as session:
        return build_importer(session).load(catalogue, quietly)


def quietly(_step: str, _done: int, _total: int) -> None:
    """Show no progress."""


def many(number: int, **values: Any) -> Iterable[Film]:
    for film in range(number):
        yield a_film(str(film), title=f"Film {film}", director_id=str(film % 7), **values)

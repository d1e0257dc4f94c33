"""Genres are one by name, whatever its spelling, and names are folded as titles are."""

from typing import Any

import pytest
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from dao.models import Director, Genre, Movie
from tests.dao.importing import a_film, load


def genres(session: Session) -> list[tuple[Any, ...]]:
    rows = session.execute(select(Genre.id, Genre.name, Genre.folded_name).order_by(Genre.id))
    return [tuple(row) for row in rows]


@pytest.mark.parametrize("spelling", ["SCI-FI", " sci  fi ", "Sci\u2011Fi", "Ｓｃｉ-Fi", "Sci-Fí"])
def test_another_spelling_of_a_genre_is_the_same_genre(
    session: Session, engine: Engine, spelling: str
) -> None:
    load(engine, a_film("1", genre="Sci-Fi"), a_film("2", genre=spelling))
    [(genre_id, *names)] = genres(session)
    assert names == ["Sci-Fi", "sci fi"]
    session.rollback()

    report = load(engine, a_film("2", genre=spelling), a_film("3", genre=spelling))

    assert (report.added, report.updated) == (1, 0)
    assert genres(session) == [(genre_id, "Sci-Fi", "sci fi")]
    assert session.scalars(select(Movie.genre_id)).all() == [genre_id] * 3


def test_a_director_is_found_by_the_name_that_the_last_file_has(
    session: Session, engine: Engine
) -> None:
    load(engine, a_film(director_id="7"), directors={"7": "Лёв Кулиджанов"})
    assert session.scalars(select(Director.folded_name)).all() == ["лев кулиджанов"]
    session.rollback()
    load(engine, a_film(director_id="7"), directors={"7": "Alejandro G. Iñárritu"})
    names = session.execute(select(Director.name, Director.folded_name)).all()
    assert [tuple(row) for row in names] == [("Alejandro G. Iñárritu", "alejandro g inarritu")]

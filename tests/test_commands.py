from __future__ import annotations

import json
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from commands import DEMO_CATALOGUE
from dao.models import Movie, User

FILM = {"id": 1, "title": "Лето", "year": 2018, "genre_id": 1, "director_id": 1}
CATALOGUE = {
    "genres": [{"id": 1, "name": "Драма"}],
    "directors": [{"id": 1, "name": "Кирилл Серебренников"}],
    "movies": [FILM],
}


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "films.json"


def write(file: Path, **changes: object) -> None:
    file.write_text(json.dumps(CATALOGUE | changes, indent=1), "utf-8")


def films(session: Session) -> list[tuple[int, str]]:
    session.rollback()
    return [(film.id, film.title) for film in session.scalars(select(Movie).order_by(Movie.id))]


def test_loads_a_catalogue(app: Flask, session: Session, file: Path) -> None:
    write(file)
    result = app.test_cli_runner().invoke(args=["load-catalogue", str(file)])
    assert (result.exit_code, result.output) == (0, "films.json: 1 films, 1 of them new.\n")
    assert [title for _, title in films(session)] == ["Лето"]


def test_loading_again_updates(app: Flask, session: Session, file: Path) -> None:
    runner = app.test_cli_runner()
    write(file)
    runner.invoke(args=["load-catalogue", str(file)])
    ((film_id, _),) = films(session)

    write(file, movies=[FILM | {"title": "Лето, снова"}])
    result = runner.invoke(args=["load-catalogue", str(file)])

    assert result.output == "films.json: 1 films, 0 of them new.\n"
    session.expire_all()
    assert films(session) == [(film_id, "Лето, снова")]


def test_a_broken_file_changes_nothing(app: Flask, session: Session, file: Path) -> None:
    write(file, movies=[FILM, FILM | {"id": 2, "year": "soon"}])
    line = file.read_text("utf-8").splitlines().index('   "id": 2,')  # The one before it, from 1.

    result = app.test_cli_runner().invoke(args=["load-catalogue", str(file)])

    assert result.exit_code == 1
    assert result.output == f"Error: {file}, line {line}: movies: year: Not a valid integer.\n"
    assert films(session) == []


def test_prepares_an_empty_database_once(app: Flask, session: Session) -> None:
    expected = len(json.loads(DEMO_CATALOGUE.read_text("utf-8"))["movies"])
    runner = app.test_cli_runner()

    first, second = (runner.invoke(args=["prepare"]) for _ in range(2))

    assert (first.exit_code, second.exit_code) == (0, 0)
    assert first.output == f"demo_catalogue.json: {expected} films, {expected} of them new.\n"
    assert second.output == ""
    assert session.scalar(select(func.count(Movie.id))) == expected


def test_adds_the_demo_account_to_the_default_database_only(app: Flask, session: Session) -> None:
    app.test_cli_runner().invoke(args=["prepare"])
    assert session.scalars(select(User)).all() == []

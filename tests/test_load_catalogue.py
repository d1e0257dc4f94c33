"""The command that loads a catalogue: what it asks, tells and refuses."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest
from click.testing import Result
from flask import Flask
from sqlalchemy import select, text
from sqlalchemy.orm import Session

from app import create_app
from commands.catalogue import DEMO_CATALOGUE
from config import Config
from dao.catalogue import CatalogueStateDAO
from dao.models import Director, Genre, Movie
from setup_db import db
from tests.support.databases import Databases

FILMS = [
    {
        "title": title,
        "description": "",
        "trailer": "https://www.youtube.com/watch?v=UKei_d0cbP4",
        "year": 2018,
        "rating": 8.6,
        "genre_id": 2,
        "director_id": 1,
        "pk": key,
    }
    for key, title in enumerate(("Йеллоустоун", "Джанго освобождённый"), start=1)
]
FIXTURES = {
    "movies": FILMS,
    "directors": [{"name": "Тейлор Шеридан", "pk": 1}],
    "genres": [{"name": "Комедия", "pk": 1}, {"name": "Вестерн", "pk": 2}],
}


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A file like the fixtures of the course: each row has a `pk`, and the file no source."""
    path = tmp_path / "fixtures.json"
    path.write_text(json.dumps(FIXTURES), "utf-8")
    return path


def run(app: Flask, *args: object, answer: str = "") -> Result:
    return app.test_cli_runner().invoke(args=[str(arg) for arg in args], input=answer)


def titles(session: Session) -> list[str]:
    session.rollback()
    return list(session.scalars(select(Movie.title).order_by(Movie.id)))


def test_only_the_films_of_the_file_are_left_of_a_fresh_instance(
    app: Flask, session: Session, file: Path
) -> None:
    run(app, "prepare")
    result = run(app, "load-catalogue", "--only", "--yes", file)
    assert result.exit_code == 0
    assert "Not in the file: 80 films with 0 favorites, 63 directors and 16 genres." in (
        result.stdout.splitlines()
    )
    assert titles(session) == [film["title"] for film in FILMS]
    assert set(session.scalars(select(Genre.name))) == {"Комедия", "Вестерн"}
    assert session.scalars(select(Director.name)).all() == ["Тейлор Шеридан"]
    assert run(app, "prepare").stdout == ""


@pytest.mark.parametrize(("answer", "left"), [("y", 2), ("n", 82), ("", 82)], ids=ascii)
def test_asks_before_it_removes_films(
    app: Flask, session: Session, file: Path, answer: str, left: int
) -> None:
    run(app, "prepare")
    run(app, "load-catalogue", file)
    result = run(app, "load-catalogue", "--only", file, answer=answer)
    assert "80 films with 0 favorites, 63 directors and 16 genres would be removed. Go on?" in (
        result.output
    )
    assert (result.exit_code, len(titles(session))) == (0 if left == 2 else 1, left)


def test_the_source_tells_files_of_one_name_apart(app: Flask, session: Session, file: Path) -> None:
    run(app, "load-catalogue", file)
    run(app, "load-catalogue", "--source", "mine", file)
    sources = session.scalars(select(Movie.source).order_by(Movie.id)).all()
    assert sources == ["fixtures.json", "fixtures.json", "mine", "mine"]
    for source in ("", "x" * 51, "a\0b"):
        result = run(app, "load-catalogue", "--source", source, file)
        assert (result.exit_code, len(titles(session))) == (1, 4)


def test_an_existing_instance_keeps_the_ids_of_the_demo_catalogue(
    app: Flask, session: Session
) -> None:
    run(app, "prepare")
    assert set(session.scalars(select(Movie.source))) == {"demo"}
    result = run(app, "load-catalogue", DEMO_CATALOGUE)
    assert " 0 new, 0 updated, 80 unchanged" in result.stdout


def test_another_catalogue_under_the_same_ids_has_to_be_forced(
    app: Flask, session: Session, file: Path
) -> None:
    films = [*FILMS, FILMS[0] | {"pk": 3, "title": "Ёлки"}]
    file.write_text(json.dumps(FIXTURES | {"movies": films}), "utf-8")
    run(app, "load-catalogue", file)
    others = [film | {"title": f"{film['title']} II"} for film in films]
    file.write_text(json.dumps(FIXTURES | {"movies": others}), "utf-8")
    for args in ([], ["--dry-run"]):
        result = run(app, "load-catalogue", *args, file)
        assert (result.exit_code, titles(session)[2]) == (1, "Ёлки")
        assert "Error: 3 of the 3 films that this file updates" in result.stderr
    assert run(app, "load-catalogue", "--force", file).exit_code == 0
    assert titles(session)[2] == "Ёлки II"


def test_counts_what_it_left_out(app: Flask, file: Path) -> None:
    film = FILMS[0]
    bad = [film | {"pk": 8, "trailer": "https://vimeo.com/1"}, film | {"pk": 9, "genre_id": 3}]
    file.write_text(json.dumps(FIXTURES | {"movies": [film, *bad]}), "utf-8")
    assert run(app, "load-catalogue", file).stdout.splitlines()[1:] == [
        "Skipped 1: movies: a genre that the file does not have; the first is item 3.",
        "Trailer dropped 1: not a video of YouTube's; the first is item 2.",
    ]


@pytest.mark.parametrize("content", ["{}", '{"genres": [], "directors": [], "movies": [1]}'])
def test_nothing_of_a_file_reaches_the_terminal_raw(
    app: Flask, session: Session, file: Path, content: str
) -> None:
    hostile = file.with_name("\x1b[2J\x9b\u202e\r.json")
    for written in (content, json.dumps(FIXTURES)):
        hostile.write_text(written, "utf-8")
        output = run(app, "load-catalogue", hostile).output
        assert "\\x1b[2J\\x9b\\u202e\\r.json" in output
        assert output.replace("\n", "").isprintable()


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="Windows has no such files.")
def test_a_pipe_is_refused_at_once(app: Flask, session: Session, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    result = run(app, "load-catalogue", tmp_path / "pipe")
    assert (result.exit_code, titles(session)) == (1, [])
    assert result.stderr == f"Error: {tmp_path}/pipe: this is no regular file.\n"


def test_a_database_without_tables_is_migrated_first(
    databases: Databases, file: Path, request: pytest.FixtureRequest
) -> None:
    app = create_app(Config(SECRET_KEY="k" * 40, DATABASE_URL=databases.new("sqlite")))
    result = run(app, "load-catalogue", file)
    assert result.exit_code == 0
    with app.app_context():
        assert not CatalogueStateDAO(db.engine).is_empty()
        db.engine.dispose()


def test_lost_triggers_of_the_search_are_told(databases: Databases, file: Path) -> None:
    app = create_app(Config(SECRET_KEY="k" * 40, DATABASE_URL=databases.new("sqlite")))
    run(app, "prepare")
    with app.app_context(), db.engine.begin() as connection:
        connection.execute(text("DROP TRIGGER movie_titles_insert"))
    lost = "The search does not follow the films, because a migration has lost triggers of theirs."

    prepared, loaded, checked = (
        run(app, *command) for command in (["prepare"], ["load-catalogue", file], ["db", "check"])
    )

    assert (prepared.exit_code, loaded.exit_code, checked.exit_code) == (1, 0, 1)
    assert f"Error: {lost}" in prepared.stderr
    assert f"Warning: {lost}" in loaded.stderr
    assert "CREATE TRIGGER movie_titles_insert" in loaded.stderr
    with app.app_context():
        db.engine.dispose()

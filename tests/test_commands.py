from __future__ import annotations

import json
import re
import socket
from pathlib import Path
from unittest.mock import create_autospec

import pytest
from flask import Flask
from granian import Granian
from sqlalchemy import Engine, func, select
from sqlalchemy.orm import Session

from commands import init_commands
from commands.catalogue import DEMO_CATALOGUE
from config import Config
from dao.models import Movie, User
from helpers.database import exclusive_lock
from implemented import IMPORTING
from tests.support.imdb_files import NULL, a_title, folder
from tests.support.imdb_files import write as write_file
from tests.support.ports import free_port

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


def without_seconds(output: str) -> str:
    return re.sub(r", in [0-9]+\.[0-9] s\.$", ".", output, flags=re.MULTILINE)


def films(session: Session) -> list[tuple[int, str]]:
    session.rollback()
    return [(film.id, film.title) for film in session.scalars(select(Movie).order_by(Movie.id))]


def test_loads_a_catalogue_and_loading_again_updates_it(
    app: Flask, session: Session, file: Path
) -> None:
    write(file)
    result = app.test_cli_runner().invoke(args=["load-catalogue", str(file)])
    assert result.exit_code == 0
    assert without_seconds(result.stdout) == "films.json: 1 films, 1 new, 0 updated, 0 unchanged.\n"
    ((movie_id, title),) = films(session)
    assert title == "Лето"

    write(file, movies=[FILM | {"title": "Лето, снова"}])
    result = app.test_cli_runner().invoke(args=["load-catalogue", str(file)])
    assert without_seconds(result.stdout) == "films.json: 1 films, 0 new, 1 updated, 0 unchanged.\n"
    session.expire_all()
    assert films(session) == [(movie_id, "Лето, снова")]


def test_a_broken_file_changes_nothing(app: Flask, session: Session, file: Path) -> None:
    file.write_text('{"genres": [],\n"directors": [}', "utf-8")

    result = app.test_cli_runner().invoke(args=["load-catalogue", str(file)])

    assert result.exit_code == 1
    assert result.stderr.startswith(f"Error: {file}, line 2: not JSON: ")
    assert films(session) == []


def test_loads_a_folder_of_imdb(app: Flask, session: Session, tmp_path: Path) -> None:
    rows = [a_title(), a_title("tt0000002", year=NULL), a_title("tt0000003", kind="tvMovie")]
    folder(tmp_path / "imdb", [*rows, a_title("tt0000004", kind="short")], packed=True)

    command = ["load-catalogue", str(tmp_path / "imdb"), "--kind", "movie", "--kind", "tvMovie"]
    result = app.test_cli_runner().invoke(args=command)

    assert result.exit_code == 0
    assert without_seconds(result.stdout) == (
        "imdb: 2 films, 2 new, 0 updated, 0 unchanged.\n"
        "Skipped 1: no year (title.basics); the first is line 3.\n"
    )
    assert result.stderr.splitlines() == [
        *("Reading title.basics.tsv.gz", "Reading title.crew.tsv.gz"),
        *("Reading title.ratings.tsv.gz", "Reading name.basics.tsv.gz"),
        *("Checking films", "Comparing", "Adding directors", "Adding films", "Publishing"),
    ]
    assert [title for _, title in films(session)] == ["Solaris", "Solaris"]


def test_loads_films_alone_where_no_kind_is_named(
    app: Flask, session: Session, tmp_path: Path
) -> None:
    folder(tmp_path / "imdb", [a_title(title="A"), a_title("tt0000002", kind="tvMovie")])
    app.test_cli_runner().invoke(args=["load-catalogue", str(tmp_path / "imdb")])
    assert [title for _, title in films(session)] == ["A"]


def test_a_broken_folder_changes_nothing(app: Flask, session: Session, tmp_path: Path) -> None:
    path = folder(tmp_path / "imdb", [a_title()])
    write_file(path, "name.basics", b"nconst\n")

    result = app.test_cli_runner().invoke(args=["load-catalogue", str(path)])

    assert result.exit_code == 1
    assert result.stderr.splitlines()[-1] == (
        f"Error: {path}/name.basics.tsv, line 1: the columns must be nconst, primaryName, "
        "birthYear, deathYear, primaryProfession, knownForTitles."
    )
    assert films(session) == []


def test_is_refused_while_another_import_is_running_but_for_dry_runs(
    app: Flask, session: Session, engine: Engine, file: Path
) -> None:
    write(file)
    command = ["load-catalogue", str(file)]
    with exclusive_lock(engine, IMPORTING):
        result = app.test_cli_runner().invoke(args=command)
        dry_run = app.test_cli_runner().invoke(args=[*command, "--dry-run"])
    assert result.exit_code == 1
    assert result.stderr == "Error: Another import is running. There may be only one at a time.\n"
    assert dry_run.exit_code == 0
    assert without_seconds(dry_run.stdout) == (
        "films.json: 1 films, 1 new, 0 updated, 0 unchanged.\n"
        "This was a dry run: nothing has been changed.\n"
    )
    assert films(session) == []


def test_prepares_an_empty_database_once(app: Flask, session: Session) -> None:
    expected = len(json.loads(DEMO_CATALOGUE.read_text("utf-8"))["movies"])
    runner = app.test_cli_runner()

    first, second = (runner.invoke(args=["prepare"]) for _ in range(2))

    assert (first.exit_code, second.exit_code) == (0, 0)
    assert without_seconds(first.output) == (
        f"demo_catalogue.json: {expected} films, {expected} new, 0 updated, 0 unchanged.\n"
    )
    assert second.output == ""
    assert session.scalar(select(func.count(Movie.id))) == expected


def test_adds_the_demo_account_to_the_default_database_only(app: Flask, session: Session) -> None:
    result = app.test_cli_runner().invoke(args=["prepare", "--demo-account"])
    assert result.exit_code == 0
    assert session.scalars(select(User)).all() == []


def test_does_not_serve_on_a_port_that_is_taken() -> None:
    bare = Flask("bare")
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        init_commands(bare, Config(SECRET_KEY="k" * 32, PORT=port))
        result = bare.test_cli_runner().invoke(args=["serve"])
    assert result.exit_code == 1
    assert f"Error: Kinoteka cannot listen on 127.0.0.1:{port} (" in result.stderr


def test_serves_below_a_prefix_of_the_path(monkeypatch: pytest.MonkeyPatch) -> None:
    server = create_autospec(Granian)
    monkeypatch.setattr("commands.server.Granian", server)
    bare = Flask("bare")
    init_commands(bare, Config(SECRET_KEY="k" * 32, PORT=free_port()))
    result = bare.test_cli_runner().invoke(
        args=["serve", "--announce", "--url-path-prefix", "films/"]
    )
    assert server.call_args.kwargs["url_path_prefix"] == "/films"
    assert re.fullmatch(
        r"Kinoteka on (http://127.0.0.1:\d+/films), documentation on \1/docs\n", result.output
    )

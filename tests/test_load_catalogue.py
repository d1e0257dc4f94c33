"""The `load-catalogue` command: its questions, reports and errors."""

import json
import re
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result
from flask import Flask
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from dao.models import Movie
from helpers.database import exclusive_lock
from implemented import IMPORTING
from tests.support.imdb_files import NULL, a_title, folder

FILMS = [
    {"title": title, "year": 2018, "genre_id": 2, "director_id": 1, "pk": key}
    for key, title in enumerate(("Йеллоустоун", "Джанго освобождённый", "Ёлки"), start=1)
]
TITLES = [film["title"] for film in FILMS]
FIXTURES = {
    "movies": FILMS,
    "directors": [{"name": "Тейлор Шеридан", "pk": 1}],
    "genres": [{"name": "Комедия", "pk": 1}, {"name": "Вестерн", "pk": 2}],
}
OTHERS = "80 films with 0 favorites, 63 directors and 16 genres"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A file like the course's fixtures: each row has a `pk`, and the file has no `source`."""
    path = tmp_path / "fixtures.json"
    write(path)
    return path


def write(file: Path, **changes: Any) -> None:
    file.write_text(json.dumps(FIXTURES | changes), "utf-8")


def run(app: Flask, *args: object, answer: str = "") -> Result:
    return app.test_cli_runner().invoke(args=[str(arg) for arg in args], input=answer)


def told(result: Result) -> list[str]:
    """Return the lines of the report, without the duration."""
    return re.sub(r", in [0-9]+\.[0-9] s\.$", ".", result.stdout, flags=re.M).splitlines()


def titles(session: Session) -> list[str]:
    session.rollback()
    return list(session.scalars(select(Movie.title).order_by(Movie.id)))


def test_loads_a_catalogue_and_loading_again_updates_it(
    app: Flask, session: Session, file: Path
) -> None:
    result = run(app, "load-catalogue", file)
    assert told(result) == ["fixtures.json: 3 films, 3 new, 0 updated, 0 unchanged."]
    write(file, movies=[*FILMS[:2], FILMS[2] | {"title": "Ёлки 2"}])
    result = run(app, "load-catalogue", file)
    assert told(result) == ["fixtures.json: 3 films, 0 new, 1 updated, 2 unchanged."]
    assert titles(session) == [*TITLES[:2], "Ёлки 2"]


@pytest.mark.parametrize(
    ("kinds", "expected"),
    [(["--kind", "movie", "--kind", "tvMovie"], ["A", "C"]), ([], ["A"])],
    ids=["two kinds", "films alone"],
)
def test_loads_a_folder_of_imdb(
    app: Flask, session: Session, tmp_path: Path, kinds: list[str], expected: list[str]
) -> None:
    rows = [a_title(title="A"), a_title("tt0000002", title="B", year=NULL)]
    rows += [a_title("tt0000003", title="C", kind="tvMovie"), a_title("tt0000004", kind="short")]
    result = run(app, "load-catalogue", folder(tmp_path / "imdb", rows, packed=True), *kinds)
    assert told(result) == [
        f"imdb: {len(expected)} films, {len(expected)} new, 0 updated, 0 unchanged.",
        "Skipped 1: no year (title.basics); the first is line 3.",
    ]
    assert result.stderr.splitlines() == [
        *("Reading title.basics.tsv.gz", "Reading title.crew.tsv.gz"),
        *("Reading title.ratings.tsv.gz", "Reading name.basics.tsv.gz"),
        *("Checking films", "Comparing", "Adding directors", "Adding films", "Publishing"),
    ]
    assert titles(session) == expected


def test_a_broken_file_changes_nothing(app: Flask, session: Session, file: Path) -> None:
    file.write_text('{"genres": [],\n"directors": [}', "utf-8")
    result = run(app, "load-catalogue", file)
    assert (result.exit_code, titles(session)) == (1, [])
    assert result.stderr.startswith(f"Error: {file}, line 2: not JSON: ")


def test_is_refused_while_another_import_is_running_but_for_dry_runs(
    app: Flask, session: Session, engine: Engine, file: Path
) -> None:
    with exclusive_lock(engine, IMPORTING):
        result = run(app, "load-catalogue", file)
        dry_run = run(app, "load-catalogue", file, "--dry-run")
    assert result.exit_code == 1
    assert result.stderr == "Error: Another import is running. There may be only one at a time.\n"
    assert told(dry_run) == [
        "fixtures.json: 3 films, 3 new, 0 updated, 0 unchanged.",
        "This was a dry run: nothing has been changed.",
    ]
    assert titles(session) == []


@pytest.mark.parametrize(
    ("options", "answer", "left"),
    [([], "y", 3), ([], "n", 83), (["--yes"], "", 3)],
    ids=["yes", "no", "yes before it asks"],
)
def test_asks_before_it_removes_films(
    app: Flask, session: Session, file: Path, options: list[str], answer: str, left: int
) -> None:
    run(app, "prepare")
    run(app, "load-catalogue", file)
    result = run(app, "load-catalogue", "--only", *options, file, answer=answer)
    assert (f"{OTHERS} would be removed. Go on?" in result.output) == (options == [])
    assert (f"Not in the file: {OTHERS}." in told(result)) == (left == 3)
    assert (result.exit_code, len(titles(session))) == (0 if left == 3 else 1, left)


def test_the_source_tells_files_of_one_name_apart(app: Flask, session: Session, file: Path) -> None:
    run(app, "load-catalogue", file)
    run(app, "load-catalogue", "--source", "mine", file)
    sources = session.scalars(select(Movie.source).order_by(Movie.id)).all()
    assert sources == ["fixtures.json"] * 3 + ["mine"] * 3


def test_another_catalogue_under_the_same_ids_has_to_be_forced(
    app: Flask, session: Session, file: Path
) -> None:
    run(app, "load-catalogue", file)
    write(file, movies=[film | {"title": f"{film['title']} II"} for film in FILMS])
    result = run(app, "load-catalogue", file)
    assert result.exit_code == 1
    assert "Error: 3 of the 3 films that this file updates" in result.stderr
    assert run(app, "load-catalogue", "--force", file).exit_code == 0
    assert titles(session)[2] == "Ёлки II"


def test_counts_what_it_left_out(app: Flask, session: Session, file: Path) -> None:
    film = FILMS[0]
    bad = [film | {"pk": 8, "trailer": "https://vimeo.com/1"}, film | {"pk": 9, "genre_id": 3}]
    write(file, movies=[film, *bad])
    assert told(run(app, "load-catalogue", file))[1:] == [
        "Skipped 1: movies: a genre that the file does not have; the first is item 3.",
        "Dropped 1: trailer: not a video of YouTube's; the first is item 2.",
    ]


@pytest.mark.parametrize("changes", [{}, {"movies": [1]}], ids=["good", "bad"])
def test_nothing_of_a_file_reaches_the_terminal_raw(
    app: Flask, session: Session, file: Path, changes: dict[str, list[int]]
) -> None:
    hostile = file.with_name("\x1b[2J\x9b\u202e\r.json")
    write(hostile, **changes)
    output = run(app, "load-catalogue", hostile).output
    assert "\\x1b[2J\\x9b\\u202e\\r.json" in output
    assert output.replace("\n", "").isprintable()

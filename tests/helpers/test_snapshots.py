"""Snapshots of a SQLite database, saved and restored while connections to it are open."""

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine, create_engine, text

from helpers.database import Snapshots
from helpers.database.sqlite import prepare_engine


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[Engine]:
    """An engine with the application's settings, on a database with one row."""
    made = create_engine(f"sqlite:///{tmp_path}/world #1.db")
    prepare_engine(made)
    run(made, "CREATE TABLE alembic_version (version_num TEXT)")
    run(made, "INSERT INTO alembic_version VALUES ('0001')")
    run(made, "CREATE TABLE films (id INTEGER PRIMARY KEY AUTOINCREMENT, title TEXT)")
    add(made, "Seeded")
    yield made
    made.dispose()


@pytest.fixture
def snapshots(engine: Engine) -> Snapshots:
    """A snapshot called "first" exists."""
    made = Snapshots(engine)
    made.save("first")
    return made


def run(engine: Engine, statement: str) -> None:
    with engine.connect().execution_options(writes=True) as connection:
        connection.execute(text(statement))
        connection.commit()


def add(engine: Engine, title: str) -> None:
    run(engine, f"INSERT INTO films (title) VALUES ('{title}')")  # noqa: S608


def rows(engine: Engine) -> list[tuple[int, str]]:
    with engine.connect() as connection:
        return [tuple(row) for row in connection.execute(text("SELECT id, title FROM films"))]


def test_brings_back_rows_and_the_ids_that_come_next(engine: Engine, snapshots: Snapshots) -> None:
    add(engine, "Later")
    run(engine, "DELETE FROM films WHERE id = 1")
    snapshots.restore("first")
    assert rows(engine) == [(1, "Seeded")]
    add(engine, "Next")
    assert rows(engine) == [(1, "Seeded"), (2, "Next")]


def test_brings_back_tables_under_connections_that_know_others(
    engine: Engine, snapshots: Snapshots
) -> None:
    with engine.connect() as other:
        other.execute(text("SELECT title FROM films"))
        other.rollback()
        run(engine, "ALTER TABLE films ADD COLUMN year INTEGER")
        snapshots.restore("first")
        assert other.execute(text("SELECT * FROM films")).all() == [(1, "Seeded")]


def test_who_is_reading_goes_on_to_see_what_was_there(engine: Engine, snapshots: Snapshots) -> None:
    add(engine, "Later")
    count = text("SELECT count(*) FROM films")
    with engine.connect() as reader:
        assert reader.scalar(count) == 2
        snapshots.restore("first")
        assert reader.scalar(count) == 2
        reader.rollback()
        assert reader.scalar(count) == 1
        assert reader.scalar(text("PRAGMA journal_mode")) == "wal"


def test_saves_what_has_been_committed_so_far_and_replaces_a_copy_of_the_name(
    engine: Engine, snapshots: Snapshots
) -> None:
    add(engine, "Later")
    with engine.connect().execution_options(writes=True) as writer:
        writer.execute(text("INSERT INTO films (title) VALUES ('Never')"))
        snapshots.save("first")
        writer.rollback()
    snapshots.restore("first")
    assert rows(engine) == [(1, "Seeded"), (2, "Later")]


def test_copies_are_files_of_their_owner_alone(snapshots: Snapshots, tmp_path: Path) -> None:
    snapshots.save("second")
    assert snapshots.names() == ["first", "second"]
    snapshots.delete("second")
    assert snapshots.names() == ["first"]
    modes = {path.name: path.stat().st_mode & 0o777 for path in tmp_path.glob("*.snapshots/*")}
    assert modes == {"first.db": 0o600}


def test_a_copy_fits_the_tables_that_it_was_made_of(engine: Engine, snapshots: Snapshots) -> None:
    assert snapshots.fits("first")
    run(engine, "UPDATE alembic_version SET version_num = '0002'")
    assert not snapshots.fits("first")


def test_a_copy_that_is_missing_changes_nothing(engine: Engine, snapshots: Snapshots) -> None:
    with pytest.raises(sqlite3.OperationalError):
        snapshots.restore("missing")
    assert rows(engine) == [(1, "Seeded")]

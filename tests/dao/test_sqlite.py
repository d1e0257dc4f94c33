"""SQLite: statement timeouts, and the permissions of files."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import Connection, Engine, text
from sqlalchemy.exc import OperationalError

from helpers.database import sqlite
from setup_db import db, init_db

on_sqlite = pytest.mark.parametrize("app", ["sqlite"], indirect=True)

# Thousands of rows, each of which takes several steps of SQLite's virtual machine.
MANY = text(
    "WITH RECURSIVE numbers (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < 30000) "
    "SELECT n FROM numbers"
)


@pytest.fixture
def connection(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> Iterator[Connection]:
    """A connection whose statements exceed their timeout as soon as it is checked."""
    monkeypatch.setattr(sqlite, "LOCK_SECONDS", 0)
    with engine.connect() as made:
        yield made
        made.invalidate()


@on_sqlite
def test_a_statement_that_takes_too_long_ends_and_the_connection_goes_on(
    connection: Connection,
) -> None:
    with pytest.raises(OperationalError, match="interrupted"):
        connection.execute(MANY).all()
    connection.rollback()
    assert connection.scalar(text("SELECT 1")) == 1


@on_sqlite
@pytest.mark.parametrize("prepare", [sqlite.prepare_import, sqlite.prepare_migration])
def test_imports_and_migrations_take_as_long_as_they_need(
    connection: Connection, prepare: Callable[[Connection], None]
) -> None:
    prepare(connection)
    assert len(connection.execute(MANY).all()) == 30_000


def test_only_its_owner_can_read_a_new_database(tmp_path: Path) -> None:
    app, folder = Flask("private"), tmp_path / "instance"
    common = os.umask(0o022)
    try:
        init_db(app, f"sqlite:///{folder}/films.db")
        with app.app_context(), db.engine.begin() as connection:
            connection.execute(text("CREATE TABLE secrets (secret)"))
            files = {path.name: path.stat().st_mode & 0o777 for path in folder.iterdir()}
        with app.app_context():
            db.engine.dispose()
    finally:
        os.umask(common)
    assert files == {"films.db": 0o600, "films.db-wal": 0o600, "films.db-shm": 0o600}
    assert folder.stat().st_mode & 0o777 == 0o700

"""SQLite: statements that take too long, and files that nobody else may read."""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import Connection, Engine, text
from sqlalchemy.exc import OperationalError

from helpers.database import ENGINE_MODULES, sqlite
from setup_db import db, init_db, session_without_timeouts

on_sqlite = pytest.mark.parametrize("app", ["sqlite"], indirect=True)

# Thousands of rows, each of several steps of SQLite's virtual machine.
MANY = text(
    "WITH RECURSIVE numbers (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < 30000) "
    "SELECT n FROM numbers"
)


@pytest.fixture
def _no_time(monkeypatch: pytest.MonkeyPatch) -> None:
    """Statements have no time at all: who looks at the clock ends them."""
    monkeypatch.setattr(sqlite, "LOCK_SECONDS", 0)


@contextmanager
def importing(engine: Engine) -> Iterator[Connection]:
    with session_without_timeouts(engine) as session:
        yield session.connection()


@contextmanager
def migrating(engine: Engine) -> Iterator[Connection]:
    with engine.connect() as connection:
        ENGINE_MODULES["sqlite"].prepare_migration(connection)
        yield connection
        connection.invalidate()


@on_sqlite
@pytest.mark.usefixtures("_no_time")
def test_a_statement_that_takes_too_long_ends_and_the_connection_goes_on(engine: Engine) -> None:
    with engine.connect() as connection:
        with pytest.raises(OperationalError, match="interrupted"):
            connection.execute(MANY).all()
        connection.rollback()
        assert connection.scalar(text("SELECT 1")) == 1


@on_sqlite
def test_the_time_of_each_statement_begins_anew(engine: Engine) -> None:
    with engine.connect() as connection:
        for _ in range(3):
            assert len(connection.execute(MANY).all()) == 30_000


@on_sqlite
@pytest.mark.usefixtures("_no_time")
@pytest.mark.parametrize("connect", [importing, migrating])
def test_imports_and_migrations_take_as_long_as_they_need(
    engine: Engine, connect: Callable[[Engine], Iterator[Connection]]
) -> None:
    with connect(engine) as connection:  # type: ignore[attr-defined]  # A context manager.
        assert len(connection.execute(MANY).all()) == 30_000


@pytest.fixture
def _common_umask() -> Iterator[None]:
    before = os.umask(0o022)
    yield
    os.umask(before)


@pytest.mark.usefixtures("_common_umask")
def test_nobody_else_may_read_a_new_database(tmp_path: Path) -> None:
    app, folder = Flask("private"), tmp_path / "instance"
    init_db(app, f"sqlite:///{folder}/films.db")
    with app.app_context():
        with db.engine.begin() as connection:
            connection.execute(text("CREATE TABLE secrets (secret)"))
            files = {path.name: path.stat().st_mode & 0o777 for path in folder.iterdir()}
        db.engine.dispose()
    assert files == {"films.db": 0o600, "films.db-wal": 0o600, "films.db-shm": 0o600}
    assert folder.stat().st_mode & 0o777 == 0o700

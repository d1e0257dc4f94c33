"""Databases with catalogues, created once and stored in `instance/bench`."""

import hashlib
import os
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from sqlalchemy import Connection, create_engine, make_url, text

from benchmarks.fill import fill
from config import ROOT
from tests.support.postgresql import running_in
from tests.support.processes import left_to_the_reaper
from tests.support.servers import run_flask

FOLDER = ROOT / "instance" / "bench"

# A catalogue is created anew when one of these files changes.
_MAKERS = ("benchmarks/films.py", "benchmarks/fill.py", "migrations/versions/*.py")


class Databases:
    """The catalogues of one engine, by number of films."""

    def __init__(self, server_url: str | None) -> None:
        """`server_url` is the URL of a PostgreSQL server, or None for SQLite."""
        self._server_url = server_url
        makers = sorted(path for pattern in _MAKERS for path in ROOT.glob(pattern))
        stamp = hashlib.sha256(b"".join(path.read_bytes() for path in makers)).hexdigest()
        self._prefix = f"kinoteka_bench_{stamp[:8]}"
        self._drop(name for name in self._names() if not name.startswith(self._prefix))

    def catalogue(self, number_of_films: int) -> str:
        """Return the URL of the catalogue, which is created if it is missing."""
        name = f"{self._prefix}_{number_of_films}"
        if name not in self._names():
            sys.stderr.write(f"Making a catalogue of {number_of_films:,} films ...\n")
            fill(self.empty(f"{name}_making"), number_of_films)
            self._rename(f"{name}_making", name)
        return self._url(name)

    def empty(self, name: str = "kinoteka_bench_scratch") -> str:
        """Return the URL of a new database with empty tables, replacing one of that name."""
        self._drop({name} & self._names())
        if self._server_url:
            self._execute(f"CREATE DATABASE {name}")
        url = self._url(name)
        run_flask(url, "db", "upgrade")
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


@contextmanager
def databases(engine: str) -> Iterator[Databases]:
    """Yield the catalogues of an engine. PostgreSQL is `TEST_DATABASE_URL` or that of the tests."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    if engine == "sqlite":
        yield Databases(None)
    elif os.environ.get("TEST_DATABASE_URL"):
        yield Databases(os.environ["TEST_DATABASE_URL"])
    else:
        folder = FOLDER / "postgresql"
        folder.mkdir(exist_ok=True)
        with left_to_the_reaper(folder), running_in(folder) as server:
            yield Databases(server.url)

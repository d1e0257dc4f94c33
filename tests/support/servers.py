"""The real server in processes of its own, as `./dev run` starts it."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.error import URLError

ROOT = Path(__file__).resolve().parents[2]
START_SECONDS = 60
APPLICATION = "app:create_app"

# Serves an application that is not ours as ours is served.
_SERVE_ANOTHER = """
import os, sys
from granian import Granian
from granian.log import LogLevels
from commands import SERVER_OPTIONS
Granian(
    sys.argv[1],
    port=int(os.environ["PORT"]),
    workers=int(os.environ["WORKERS"]),
    log_level=LogLevels.info,
    **SERVER_OPTIONS,
).serve()
"""
LIMITS = ("LIMIT_LOGIN_PAIR", "LIMIT_LOGIN_IP", "LIMIT_LOGIN_ADDRESS", "LIMIT_REGISTER_IP")


@dataclass(frozen=True)
class Server:
    url: str
    process: subprocess.Popen[bytes]
    log: Path


def environment(database_url: str, **settings: str) -> dict[str, str]:
    """Return the environment of a server or command that works on a database."""
    return {
        **os.environ,
        "SECRET_KEY": "a key that only the tests have and long enough",
        "DATABASE_URL": database_url,
        # Tests make many accounts from one address; those about limits set them.
        **dict.fromkeys(LIMITS, ""),
        **settings,
    }


def prepare(database_url: str) -> None:
    """Migrate a database and load the demo catalogue."""
    subprocess.run(
        [sys.executable, "-m", "flask", "--app", "app", "prepare"],
        cwd=ROOT,
        env=environment(database_url),
        check=True,
        capture_output=True,
    )


@contextmanager
def serve(
    database_url: str,
    log: Path,
    *,
    workers: int = 1,
    before: Sequence[str] = (),
    application: str = APPLICATION,
    **settings: str,
) -> Iterator[Server]:
    """Run a server, and stop it afterwards.

    `before` is a command that becomes the one which is given to it as arguments.
    """
    settings = {"PORT": str(free_port()), **settings, "HOST": "127.0.0.1", "WORKERS": str(workers)}
    command = [*before, *_command(application)]
    with log.open("wb") as output:
        process = subprocess.Popen(
            command,
            cwd=ROOT,
            env=environment(database_url, **settings),
            stdout=output,
            stderr=subprocess.STDOUT,
            # A group of its own, so that a test can kill it with all its workers.
            start_new_session=True,
        )
    server = Server(f"http://127.0.0.1:{settings['PORT']}", process, log)
    try:
        _wait(server, workers)
        yield server
    finally:
        process.terminate()
        process.wait(timeout=30)


def _command(application: str) -> list[str]:
    if application == APPLICATION:
        return [*(sys.executable, "-m", "flask", "--app", "app", "serve", "--log-level", "info")]
    return [sys.executable, "-c", _SERVE_ANOTHER, application]


def free_port() -> int:
    """Return the number of a port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        number: int = probe.getsockname()[1]
        return number


def _wait(server: Server, workers: int) -> None:
    """Wait for all workers: who is told to stop while some of them still start never ends."""
    deadline = time.monotonic() + START_SECONDS
    while not (_answers(server) and server.log.read_text().count("Started worker-") >= workers):
        if server.process.poll() is not None or time.monotonic() > deadline:
            raise RuntimeError(f"No server:\n{server.log.read_text()}")
        time.sleep(0.1)


def _answers(server: Server) -> bool:
    try:
        urllib.request.urlopen(f"{server.url}/health/live/", timeout=5).close()
    except (URLError, ConnectionError, TimeoutError):
        return False
    return True

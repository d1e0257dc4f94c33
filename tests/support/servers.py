"""The real server and its commands as processes, started as `./dev` starts them."""

import json
import os
import subprocess
import sys
import urllib.request
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.error import URLError

from tests.support.ports import free_port
from tests.support.processes import running
from tests.support.waiting import wait_for

ROOT = Path(__file__).resolve().parents[2]
START_SECONDS = 60
APPLICATION = "app:create_app"

# Serves another application in the same way as this one.
_SERVE_ANOTHER = """
import os, sys
from granian import Granian
from granian.log import LogLevels
from commands.server import SERVER_OPTIONS
Granian(
    sys.argv[1],
    port=int(os.environ["PORT"]),
    workers=int(os.environ["WORKERS"]),
    log_level=LogLevels(sys.argv[2]),
    **SERVER_OPTIONS,
).serve()
"""
SECRET_KEY = "a key that only the tests have and long enough"
LIMITS = ("LIMIT_LOGIN_PAIR", "LIMIT_LOGIN_IP", "LIMIT_LOGIN_ADDRESS", "LIMIT_REGISTER_IP")


@dataclass(frozen=True)
class Server:
    url: str
    process: subprocess.Popen[bytes]
    log: Path

    def has_started(self, workers: int) -> bool:
        """Return whether the server and all its workers accept requests.

        Raises RuntimeError if the server has ended. Waiting for all workers matters: a server
        that is told to stop while some workers are still starting never ends.
        """
        if self.process.poll() is not None:
            raise RuntimeError(f"No server:\n{self.log.read_text()}")
        return _is_alive(self.url) and self.log.read_text().count("Started worker-") >= workers


def environment(database_url: str, **settings: str) -> dict[str, str]:
    """Return the environment variables of a server or command that uses this database."""
    return {
        **os.environ,
        "SECRET_KEY": SECRET_KEY,
        "DATABASE_URL": database_url,
        # Tests register many accounts from one IP address. Tests of rate limits set them.
        **dict.fromkeys(LIMITS, ""),
        **settings,
    }


def flask(*arguments: str | Path) -> list[str]:
    """Return the command line of a `flask` command. Run it in the folder of `app.py`."""
    return [sys.executable, "-m", "flask", "--app", "app", *map(str, arguments)]


def run_flask(
    database_url: str, *arguments: str | Path, check: bool = True, seconds: float = 120
) -> subprocess.CompletedProcess[str]:
    """Run a `flask` command on a database, and return its result."""
    return subprocess.run(
        flask(*arguments),
        cwd=ROOT,
        env=environment(database_url),
        check=check,
        capture_output=True,
        text=True,
        timeout=seconds,
    )


def prepare(database_url: str) -> None:
    """Migrate a database and load the demo catalogue."""
    run_flask(database_url, "prepare")


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
    """Run a server on a database, and stop it afterwards.

    `before` is a command that executes the command line that follows it, such as `unshare`.
    """
    port = int(settings.get("PORT") or free_port())
    command = [*before, *server_command(application, log_level="info")]
    env = environment(database_url, **settings, WORKERS=str(workers))
    with listening(command, port, log, env) as server:
        wait_for(lambda: server.has_started(workers), START_SECONDS)
        yield server


def server_command(application: str, log_level: str) -> list[str]:
    """Return the command line that serves an application.

    It reads HOST, PORT and WORKERS from its environment.
    """
    if application == APPLICATION:
        return flask("serve", "--log-level", log_level)
    return [sys.executable, "-c", _SERVE_ANOTHER, application, log_level]


@contextmanager
def listening(
    command: Sequence[str], port: int, log: Path, env: Mapping[str, str], cwd: Path = ROOT
) -> Iterator[Server]:
    """Run a command that serves on this port, and stop it afterwards."""
    env = {**env, "HOST": "127.0.0.1", "PORT": str(port)}
    with (
        log.open("wb") as output,
        running(command, cwd=cwd, env=env, stdout=output, stderr=subprocess.STDOUT) as process,
    ):
        yield Server(f"http://127.0.0.1:{port}", process, log)


def log_lines(server: Server) -> list[dict[str, Any]]:
    """Return the log without granian's own lines, which `./dev run` suppresses too."""
    lines = server.log.read_text("utf-8").splitlines()
    return [json.loads(line) for line in lines if not line.startswith(("[INFO] ", "[WARNING] "))]


def _is_alive(url: str) -> bool:
    try:
        urllib.request.urlopen(f"{url}/health/live/", timeout=5).close()
    except (URLError, ConnectionError, TimeoutError):
        return False
    return True

"""The server: `flask --app app serve`."""

import ctypes
import os
import socket
import sys
from contextlib import nullcontext
from tempfile import TemporaryDirectory
from typing import Any

import click
from flask import Flask
from granian import Granian
from granian.constants import HTTPModes, Interfaces
from granian.errors import FatalError
from granian.http import HTTP1Settings
from granian.log import LogLevels

from config import ROOT, Config

# M_ARENA_MAX and M_MMAP_THRESHOLD of mallopt(3).
_ARENAS, _LARGE = -8, -3

# Options of granian for every application.
SERVER_OPTIONS: dict[str, Any] = {
    "factory": True,
    "interface": Interfaces.WSGI,
    "http": HTTPModes.http1,
    "http1_settings": HTTP1Settings(),
    "websockets": False,
    # A thread that waits for the database or a slow client costs next to nothing.
    "blocking_threads": 64,
    # A worker that died is replaced while the others go on.
    "respawn_failed_workers": True,
    # Seconds that requests have to end after SIGTERM: the longest take six, and containers have
    # ten. Without a limit the server would wait for idle connections.
    "workers_kill_timeout": 8,
    "working_dir": ROOT,
}


def init_server_command(app: Flask, config: Config) -> None:
    @app.cli.command("serve", with_appcontext=False)
    @click.option("--announce", is_flag=True, help="Print the address first.")
    @click.option("--url-path-prefix", help="What every path begins with: /films.")
    @click.option("--log-level", type=click.Choice(LogLevels), default=LogLevels.error)
    def serve(announce: bool, url_path_prefix: str | None, log_level: LogLevels) -> None:
        """Serve on HOST and PORT with so many WORKERS, until SIGTERM or SIGINT."""
        options: dict[str, Any] = {"log_level": log_level}
        if url_path_prefix:
            options["url_path_prefix"] = "/" + url_path_prefix.strip("/")
        serve_application(config, "app:create_app", announce=announce, **options)


def serve_application(config: Config, factory: str, *, announce: bool, **options: Any) -> None:
    """Serve the application of a factory. `options` override those of `SERVER_OPTIONS`."""
    address = _free_address(config.HOST, config.PORT)
    if announce:
        url = f"http://{config.HOST}:{config.PORT}{options.get('url_path_prefix', '')}"
        click.echo(f"Kinoteka on {url}, documentation on {url}/docs")
    _share_memory()
    options = {**SERVER_OPTIONS, "workers": config.WORKERS, **options}
    # Workers add up their metrics in this folder. A new one has none of an earlier server.
    folder = TemporaryDirectory(prefix="kinoteka-") if config.METRICS_TOKEN else nullcontext("")
    with folder as path:
        os.environ["METRICS_FOLDER"] = path
        try:
            Granian(factory, address, config.PORT, **options).serve()
        except FatalError:  # The server has logged why.
            sys.exit(1)


def _share_memory() -> None:
    """Let threads share freed memory, and return large pieces to the system.

    By default glibc keeps memory for each of the 64 threads: 300 MiB instead of 90.
    """
    mallopt = getattr(ctypes.CDLL(None), "mallopt", None) if os.name == "posix" else None
    if mallopt is not None:
        mallopt(_ARENAS, 2)
        mallopt(_LARGE, 1024 * 1024)


def _free_address(host: str, port: int) -> str:
    """Return the IP address to listen on."""
    try:
        family, _, _, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        with socket.create_server(address[:2], family=family):
            return str(address[0])
    except (OSError, UnicodeError) as error:  # UnicodeError: not the name of a host.
        raise click.ClickException(
            f"Kinoteka cannot listen on {host}:{port} ({error}).\n"
            "Choose another port, for instance with PORT=25001."
        ) from error

"""Commands for the terminal: `./dev flask …`, or `flask --app app …`."""

from __future__ import annotations

import socket
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from time import monotonic
from typing import Any

import click
import flask_migrate
from flask import Flask
from granian import Granian
from granian.constants import HTTPModes, Interfaces
from granian.errors import FatalError
from granian.http import HTTP1Settings
from granian.log import LogLevels

from config import DEFAULT_DATABASE_URL, ROOT, Config
from constants import DEMO_EMAIL, DEMO_PASSWORD
from dao.catalogue import CatalogueStateDAO
from helpers.catalogue import DEFAULT_KINDS, CatalogueError, Progress, open_catalogue
from helpers.database import exclusive_lock
from helpers.progress_bars import ProgressBars
from implemented import importing, services
from service.errors import Conflict
from setup_db import DATABASE_UNAVAILABLE, db

DEMO_CATALOGUE = ROOT / "data" / "demo_catalogue.json"

# How granian serves, whatever it serves.
SERVER_OPTIONS: dict[str, Any] = {
    "factory": True,
    "interface": Interfaces.WSGI,
    "http": HTTPModes.http1,
    "http1_settings": HTTP1Settings(),
    "websockets": False,
    # A thread that waits for the database, or for a slow reader, costs next to nothing.
    "blocking_threads": 64,
    # A worker that died is replaced; the others go on meanwhile.
    "respawn_failed_workers": True,
    # After SIGTERM requests get so many seconds to end: the longest take six, and containers are
    # given ten. The server would wait without a limit for connections that are open but idle.
    "workers_kill_timeout": 8,
    "working_dir": ROOT,
}


def init_commands(app: Flask, config: Config) -> None:
    """Register the commands."""

    @app.cli.command("load-catalogue")
    @click.argument("path", type=click.Path(exists=True, path_type=Path))
    @click.option(
        "--kind",
        "kinds",
        multiple=True,
        default=DEFAULT_KINDS,
        show_default=True,
        help="A titleType of IMDb's that is wanted; may be given several times.",
    )
    @click.option("--dry-run", is_flag=True, help="Tell what would be done, and do nothing.")
    def load_catalogue(path: Path, kinds: tuple[str, ...], dry_run: bool) -> None:
        """Load films: a folder of IMDb's files, or a JSON file. Loading again updates them."""
        with _reporting_outages(), ExitStack() as bars:
            report = _load(path, kinds, ProgressBars(bars), dry_run=dry_run)
        click.echo(report)
        if dry_run:
            click.echo("This was a dry run: nothing has been changed.")

    @app.cli.command("prepare")
    @click.option("--demo-account", is_flag=True, help="Add it too, to the default database only.")
    def prepare(demo_account: bool) -> None:
        """Migrate the database, and fill an empty one with the demo catalogue.

        Several instances may do it at once: one of them works, the others wait.
        """
        with _reporting_outages(), exclusive_lock(db.engine, "preparing"):
            flask_migrate.upgrade()
            if not CatalogueStateDAO(db.engine).is_empty():
                return
            click.echo(_load(DEMO_CATALOGUE, (), lambda *_: None))
            if demo_account and config.DATABASE_URL == DEFAULT_DATABASE_URL:
                with suppress(Conflict):  # It is there already.
                    services.users.register(DEMO_EMAIL, DEMO_PASSWORD)

    @app.cli.command("serve", with_appcontext=False)
    @click.option("--announce", is_flag=True, help="Print the address first.")
    @click.option("--log-level", type=click.Choice(LogLevels), default=LogLevels.error)
    def serve(announce: bool, log_level: LogLevels) -> None:
        """Serve on HOST and PORT with so many WORKERS, until SIGTERM or SIGINT."""
        options = {"workers": config.WORKERS, "log_level": log_level, **SERVER_OPTIONS}
        address = _free_address(config.HOST, config.PORT)
        if announce:
            url = f"http://{config.HOST}:{config.PORT}"
            click.echo(f"Kinoteka on {url}, documentation on {url}/docs")
        try:
            Granian("app:create_app", address, config.PORT, **options).serve()
        except FatalError:  # The server has logged why.
            sys.exit(1)


def _free_address(host: str, port: int) -> str:
    """Return the IP address to listen on."""
    try:
        family, _, _, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        with socket.create_server(address[:2], family=family):
            return str(address[0])
    except OSError as error:
        raise click.ClickException(
            f"Kinoteka cannot listen on {host}:{port} ({error}).\n"
            "Choose another port: PORT=25001 ./dev run"
        ) from error


@contextmanager
def _reporting_outages() -> Iterator[None]:
    try:
        yield
    except DATABASE_UNAVAILABLE as error:
        # The driver's own words have the host and never the password; the rest is advice.
        reason = str(getattr(error, "orig", error)).partition("\n")[0]
        raise click.ClickException(f"The database does not answer: {reason}") from error


def _load(path: Path, kinds: tuple[str, ...], progress: Progress, *, dry_run: bool = False) -> str:
    """Load a catalogue, or only compare it, and return what there is to tell of it."""
    began = monotonic()
    try:
        with open_catalogue(path, kinds, progress) as catalogue, importing() as imports:
            load = imports.compare if dry_run else imports.load
            report = load(catalogue, progress)
    except (CatalogueError, Conflict) as error:
        raise click.ClickException(str(error)) from error
    films = (
        f"{path.name}: {report.read} films, {report.added} new, {report.updated} updated, "
        f"{report.unchanged} unchanged, in {monotonic() - began:.1f} s."
    )
    skipped = (f"Skipped {rows}: {reason}." for reason, rows in report.skipped.most_common())
    return "\n".join((films, *skipped))

"""Commands for the terminal: `./dev flask …`, or `flask --app app …`."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import click
import flask_migrate
from flask import Flask

from config import DEFAULT_DATABASE_URL, ROOT, Config
from constants import DEMO_EMAIL, DEMO_PASSWORD
from helpers import catalogue_json
from helpers.alone import alone
from helpers.catalogue import CatalogueError
from implemented import services
from service.errors import Conflict
from setup_db import DATABASE_UNAVAILABLE, db

DEMO_CATALOGUE = ROOT / "data" / "demo_catalogue.json"


def init_commands(app: Flask, config: Config) -> None:
    """Register the commands."""

    @app.cli.command("load-catalogue")
    @click.argument("path", type=click.Path(exists=True, dir_okay=False, path_type=Path))
    def load_catalogue(path: Path) -> None:
        """Load the films of a JSON file; loading it again updates them."""
        with _saying_that_it_is_down():
            _load(path)

    @app.cli.command("prepare")
    @click.option("--demo-account", is_flag=True, help="Add it too, to the default database only.")
    def prepare(demo_account: bool) -> None:
        """Migrate the database, and fill an empty one with the demo catalogue.

        Several instances may do it at once: one of them works, the others wait.
        """
        with _saying_that_it_is_down(), alone(db.engine, "preparing"):
            flask_migrate.upgrade()
            if not services.catalogue.is_empty():
                return
            _load(DEMO_CATALOGUE)
            if demo_account and config.DATABASE_URL == DEFAULT_DATABASE_URL:
                with suppress(Conflict):  # It is there already.
                    services.users.register(DEMO_EMAIL, DEMO_PASSWORD)


@contextmanager
def _saying_that_it_is_down() -> Iterator[None]:
    try:
        yield
    except DATABASE_UNAVAILABLE as error:
        # The driver's own words have the host and never the password; the rest is advice.
        reason = str(getattr(error, "orig", error)).partition("\n")[0]
        raise click.ClickException(f"The database does not answer: {reason}") from error


def _load(path: Path) -> None:
    try:
        report = services.catalogue.load(catalogue_json.read(path))
    except CatalogueError as error:
        raise click.ClickException(str(error)) from error
    click.echo(f"{path.name}: {report.read} films, {report.added} of them new.")

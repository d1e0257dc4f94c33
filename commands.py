"""Commands for the terminal: `./dev flask …`, or `flask --app app …`."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

import click
import flask_migrate
from flask import Flask

from config import DEFAULT_DATABASE_URL, ROOT, Config
from constants import DEMO_EMAIL, DEMO_PASSWORD
from helpers import catalogue_json
from helpers.catalogue import CatalogueError
from implemented import services
from service.errors import Conflict

DEMO_CATALOGUE = ROOT / "data" / "demo_catalogue.json"


def init_commands(app: Flask, config: Config) -> None:
    """Register the commands."""

    @app.cli.command("load-catalogue")
    @click.argument("path", type=click.Path(exists=True, dir_okay=False, path_type=Path))
    def load_catalogue(path: Path) -> None:
        """Load the films of a JSON file; loading it again updates them."""
        _load(path)

    @app.cli.command("prepare")
    def prepare() -> None:
        """Migrate the database, and fill an empty one with the demo catalogue.

        The default database also gets the demo account.
        """
        flask_migrate.upgrade(directory=str(ROOT / "migrations"))
        if services.catalogue.is_empty():
            _load(DEMO_CATALOGUE)
        if config.DATABASE_URL == DEFAULT_DATABASE_URL:
            with suppress(Conflict):  # It is there already.
                services.users.register(DEMO_EMAIL, DEMO_PASSWORD)


def _load(path: Path) -> None:
    try:
        report = services.catalogue.load(catalogue_json.read(path))
    except CatalogueError as error:
        raise click.ClickException(str(error)) from error
    click.echo(f"{path.name}: {report.read} films, {report.added} of them new.")

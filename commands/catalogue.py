"""The catalogue: importing, and preparing a database."""

from __future__ import annotations

from contextlib import ExitStack
from pathlib import Path
from time import monotonic

import click
import flask_migrate
from flask import Flask

from commands.outages import reporting_outages
from commands.users import NO_DEMO_ACCOUNT
from config import DEFAULT_DATABASE_URL, ROOT, Config
from constants import DEMO_EMAIL, DEMO_PASSWORD
from dao.catalogue import CatalogueStateDAO
from helpers.catalogue import DEFAULT_KINDS, CatalogueError, Progress, open_catalogue
from helpers.database import exclusive_lock
from helpers.progress_bars import ProgressBars
from implemented import importing, services
from service.errors import Conflict
from setup_db import db

DEMO_CATALOGUE = ROOT / "data" / "demo_catalogue.json"


def init_catalogue_commands(app: Flask, config: Config) -> None:
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
        with reporting_outages(), ExitStack() as bars:
            report = _load(path, kinds, ProgressBars(bars), dry_run=dry_run)
        click.echo(report)
        if dry_run:
            click.echo("This was a dry run: nothing has been changed.")

    @app.cli.command("prepare")
    @click.option(
        "--demo-account",
        is_flag=True,
        help="Restore it too, on the default database, unless its owner has deleted it.",
    )
    def prepare(demo_account: bool) -> None:
        """Migrate the database, and fill an empty one with the demo catalogue.

        Several instances may do it at once: one of them works, the others wait.
        """
        with reporting_outages(), exclusive_lock(db.engine, "preparing"):
            flask_migrate.upgrade()
            if CatalogueStateDAO(db.engine).is_empty():
                click.echo(_load(DEMO_CATALOGUE, (), lambda *_: None))
            is_default = config.DATABASE_URL == DEFAULT_DATABASE_URL
            if demo_account and is_default and not NO_DEMO_ACCOUNT.exists():
                services.owner.restore(DEMO_EMAIL, DEMO_PASSWORD)


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

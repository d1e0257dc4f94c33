"""Commands that import a catalogue and prepare a database."""

from pathlib import Path
from time import monotonic

import click
import flask_migrate
from flask import Flask
from sqlalchemy import inspect

from commands.outages import reporting_outages
from commands.progress_bars import ProgressBars
from commands.users import NO_DEMO_ACCOUNT
from config import DEFAULT_DATABASE_URL, ROOT, Config
from constants import DEMO_EMAIL, DEMO_PASSWORD
from dao.importing import Others
from helpers.catalogue import DEFAULT_KINDS, open_catalogue, printable
from helpers.database import exclusive_lock, repair_of_search
from implemented import importing, services
from service.importing import Report
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
    @click.option("--source", help="What tells the ids of a JSON file from those of others.")
    @click.option("--only", is_flag=True, help="Remove whatever the file does not have.")
    @click.option("--yes", is_flag=True, help="Remove it without a question.")
    @click.option("--force", is_flag=True, help="Give most films another title if need be.")
    @click.option("--dry-run", is_flag=True, help="Tell what would be done, and do nothing.")
    def load_catalogue(
        path: Path,
        kinds: tuple[str, ...],
        source: str | None,
        only: bool,
        yes: bool,
        force: bool,
        dry_run: bool,
    ) -> None:
        """Load films: a folder of IMDb's files, or a JSON file. Loading again updates them."""

        def confirm(others: Others) -> None:
            bars.close()
            if not yes:
                click.confirm(f"{_counts(others)} would be removed. Go on?", abort=True)

        with reporting_outages(), ProgressBars() as bars:
            if not inspect(db.engine).get_table_names():
                flask_migrate.upgrade()
            began = monotonic()
            with open_catalogue(path, kinds, bars, source) as catalogue, importing() as imports:
                if dry_run:
                    report = imports.compare(catalogue, bars, force=force, only=only)
                else:
                    report = imports.load(catalogue, bars, force=force, only=only, confirm=confirm)
            summary = _summary(path.name, report, monotonic() - began)
            lost = _lost_search()
        click.echo(summary)
        if lost:
            click.echo(f"Warning: {lost}", err=True)
        if dry_run:
            click.echo("This was a dry run: nothing has been changed.")

    @app.cli.command("prepare")
    @click.option(
        "--demo-account",
        is_flag=True,
        help="On the default database: restore it unless its owner has deleted it, and add people "
        "with favorites to the demo catalogue.",
    )
    def prepare(demo_account: bool) -> None:
        """Migrate the database, and fill an empty one with the demo catalogue.

        Several instances may do it at once: one of them works, the others wait.
        """
        with reporting_outages(), exclusive_lock(db.engine, "preparing"):
            flask_migrate.upgrade()
            if lost := _lost_search():
                raise click.ClickException(lost)
            is_demo = demo_account and config.DATABASE_URL == DEFAULT_DATABASE_URL
            has_account = is_demo and not NO_DEMO_ACCOUNT.exists()
            if services.catalogue_is_empty():
                click.echo(_load_demo_catalogue())
                if is_demo:
                    services.demo.populate(None, with_account=has_account)
            if has_account:
                services.owner.restore(DEMO_EMAIL, DEMO_PASSWORD)


def _load_demo_catalogue() -> str:
    began = monotonic()
    with open_catalogue(DEMO_CATALOGUE, (), lambda *_: None) as catalogue, importing() as imports:
        report = imports.load(catalogue, lambda *_: None)
    return _summary(DEMO_CATALOGUE.name, report, monotonic() - began)


def _lost_search() -> str:
    """Return a warning and the repair if the search has lost its triggers, or else ""."""
    with db.engine.connect() as connection:
        repair = repair_of_search(connection)
    if not repair:
        return ""
    fault = "The search does not follow the films, because a migration has lost triggers of theirs."
    return "\n".join((f"{fault} This brings it back:", *(f"{it};" for it in repair)))


def _summary(name: str, report: Report, seconds: float) -> str:
    films = (
        f"{printable(name)}: {report.read} films, {report.added} new, {report.updated} "
        f"updated, {report.unchanged} unchanged, in {seconds:.1f} s."
    )
    removed = [f"Not in the file: {_counts(report.others)}."] if report.others.any else []
    skipped = (f"Skipped {line}" for line in report.skipped.lines())
    dropped = (f"Dropped {line}" for line in report.dropped.lines())
    return "\n".join((films, *removed, *skipped, *dropped))


def _counts(others: Others) -> str:
    return (
        f"{others.movies} films with {others.favorites} favorites, {others.directors} directors "
        f"and {others.genres} genres"
    )

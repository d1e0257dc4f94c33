"""Commands for the terminal: `./dev flask …`, or `flask --app app …`."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager, nullcontext, suppress
from pathlib import Path
from time import monotonic

import click
import flask_migrate
from flask import Flask

from config import DEFAULT_DATABASE_URL, ROOT, Config
from constants import DEMO_EMAIL, DEMO_PASSWORD
from dao.catalogue import CatalogueStateDAO
from helpers.catalogue import imdb
from helpers.catalogue import json_file as catalogue_json
from helpers.catalogue.model import Catalogue, CatalogueError, Progress
from helpers.database import exclusive_lock
from implemented import importing, services
from service.errors import Conflict
from setup_db import DATABASE_UNAVAILABLE, db

DEMO_CATALOGUE = ROOT / "data" / "demo_catalogue.json"


def init_commands(app: Flask, config: Config) -> None:
    """Register the commands."""

    @app.cli.command("load-catalogue")
    @click.argument("path", type=click.Path(exists=True, path_type=Path))
    @click.option(
        "--kind",
        "kinds",
        multiple=True,
        default=imdb.DEFAULT_KINDS,
        show_default=True,
        help="A titleType of IMDb's that is wanted; may be given several times.",
    )
    @click.option("--dry-run", is_flag=True, help="Tell what would be done, and do nothing.")
    def load_catalogue(path: Path, kinds: tuple[str, ...], dry_run: bool) -> None:
        """Load films: a folder of IMDb's files, or a JSON file. Loading again updates them."""
        with _saying_that_it_is_down(), ExitStack() as bars:
            report = _load(path, kinds, _Bars(bars), dry_run=dry_run)
        click.echo(report)
        if dry_run:
            click.echo("This was a dry run: nothing has been changed.")

    @app.cli.command("prepare")
    @click.option("--demo-account", is_flag=True, help="Add it too, to the default database only.")
    def prepare(demo_account: bool) -> None:
        """Migrate the database, and fill an empty one with the demo catalogue.

        Several instances may do it at once: one of them works, the others wait.
        """
        with _saying_that_it_is_down(), exclusive_lock(db.engine, "preparing"):
            flask_migrate.upgrade()
            if not CatalogueStateDAO(db.engine).is_empty():
                return
            click.echo(_load(DEMO_CATALOGUE, (), lambda *_: None))
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


def _load(path: Path, kinds: tuple[str, ...], progress: Progress, *, dry_run: bool = False) -> str:
    """Load a catalogue, or only compare it, and return what there is to tell of it."""
    began = monotonic()
    try:
        with _opened(path, kinds, progress) as catalogue, importing() as imports:
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


def _opened(
    path: Path, kinds: tuple[str, ...], progress: Progress
) -> AbstractContextManager[Catalogue]:
    if path.is_dir():
        return imdb.read(path, kinds, progress)
    return nullcontext(catalogue_json.read(path))


class _Bars:
    """Shows how far each step is: with a bar on a terminal, elsewhere with a line as it begins.

    The last bar ends with the stack.
    """

    def __init__(self, stack: ExitStack) -> None:
        self._stack = stack
        self._step = ""

    def __call__(self, step: str, done: int, total: int) -> None:
        if step != self._step:
            self._stack.close()
            bar = click.progressbar(length=total, label=step, file=sys.stderr)
            self._bar = self._stack.enter_context(bar)
            self._step = step
        self._bar.update(done - self._bar.pos)

"""The laboratory: `./dev lab`."""

from pathlib import Path

import click
import flask_migrate
from flask import Flask
from granian.log import LogLevels

from commands.outages import reporting_outages
from commands.server import SERVER_OPTIONS, serve_application
from config import ROOT, LabConfig
from constants import DEMO_EMAIL, DEMO_PASSWORD
from helpers.catalogue import seeded_catalogue
from helpers.database import Snapshots, exclusive_lock
from implemented import importing, services
from service.laboratory import SEEDED
from setup_db import db
from views.http import WAITING

LABORATORY = ROOT / "data" / "laboratory.toml"


def init_lab_command(app: Flask, config: LabConfig) -> None:
    @app.cli.command("lab")
    def lab() -> None:
        """Make the seeded world anew, and serve it until SIGTERM or SIGINT."""
        with exclusive_lock(db.engine, "laboratory", wait=False) as has_lock:
            if not has_lock:
                raise click.ClickException("Another ./dev lab is running on this database.")
            with reporting_outages():
                seed()
            db.engine.dispose()
            click.echo(f"Sign in as {DEMO_EMAIL} with the password: {DEMO_PASSWORD}")
            # Requests that are delayed have threads of their own.
            threads = SERVER_OPTIONS["blocking_threads"] + WAITING
            options = {"blocking_threads": threads, "log_level": LogLevels.error}
            serve_application(config, "app:create_lab", announce=True, **options)


def seed() -> None:
    """Replace the database with the seeded world."""
    database = Path(db.engine.url.database or "")
    for suffix in ("", "-wal", "-shm"):
        database.with_name(database.name + suffix).unlink(missing_ok=True)
    flask_migrate.upgrade()
    with importing() as imports:
        imports.load(seeded_catalogue(LABORATORY), lambda *_: None)
    services.demo.populate(DEMO_PASSWORD, with_account=True)
    Snapshots(db.engine).save(SEEDED)

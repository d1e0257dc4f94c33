"""Databases of earlier schema versions."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import flask_migrate
from flask import Flask
from sqlalchemy import Engine

from config import ROOT
from setup_db import db, init_db

MIGRATIONS = ROOT / "migrations"


@contextmanager
def empty_database(url: str) -> Iterator[Engine]:
    """Yield the engine of an application that has only a database and migrations.

    An application context is active in the meantime.
    """
    app = Flask("migrations")
    init_db(app, url)
    flask_migrate.Migrate(app, db)
    with app.app_context():
        yield db.engine
        db.engine.dispose()


def upgrade(revision: str = "head", migrations: Path = MIGRATIONS) -> None:
    flask_migrate.upgrade(str(migrations), revision=revision)


def downgrade(revision: str) -> None:
    flask_migrate.downgrade(str(MIGRATIONS), revision=revision)

"""The application in this process, to measure parts of it."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from unittest import mock

from flask import Flask

from app import create_app
from config import Config
from helpers import logs
from setup_db import db
from tests.support.servers import SECRET_KEY


@contextmanager
def application(url: str) -> Iterator[Flask]:
    """Yield the application on a database, within its context and without its log."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    app = create_app(Config(SECRET_KEY=SECRET_KEY, DATABASE_URL=url))
    with mock.patch.object(logs, "STANDARD_OUTPUT", nowhere), app.app_context():
        yield app
        db.session.remove()
        db.engine.dispose()
    os.close(nowhere)

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import count
from typing import Any

import flask_migrate
import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Engine, event
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from app import create_app
from config import Config
from dao.models import Movie
from setup_db import db
from tests.conftest import SECRET_KEY
from tests.support.builders import a_movie, save
from tests.support.databases import Databases

PASSWORD = "correct horse battery"
GONE = OperationalError("SELECT 1", {}, Exception("gone"))
_numbers = count(1)


@dataclass(frozen=True)
class Account:
    """A signed-in user."""

    headers: dict[str, str]


@pytest.fixture
def account(client: FlaskClient) -> Account:
    """A new account with one session."""
    credentials = {"email": f"viewer{next(_numbers)}@example.com", "password": PASSWORD}
    client.post("/auth/register/", json=credentials)
    tokens = client.post("/auth/login/", json=credentials).json
    return Account({"Authorization": f"Bearer {tokens['access_token']}"})


@pytest.fixture
def film(session: Session) -> Movie:
    """The only film of the catalogue."""
    saved = a_movie(title="Film 1")
    save(session, saved)
    return saved


@contextmanager
def configured(databases: Databases, **settings: Any) -> Iterator[Flask]:
    """The application with these settings, on an empty SQLite database."""
    url = databases.new("sqlite")
    app = create_app(Config(SECRET_KEY=SECRET_KEY, DATABASE_URL=url, **settings))
    with app.app_context():
        flask_migrate.upgrade()
    yield app
    with app.app_context():
        db.engine.dispose()


@contextmanager
def failing(engine: Engine, error: Exception, part: str = "") -> Iterator[None]:
    """Make statements that contain `part` fail with this error, as during an outage."""

    def fail(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        if part in statement:
            raise error

    event.listen(engine, "before_cursor_execute", fail)
    try:
        yield
    finally:
        event.remove(engine, "before_cursor_execute", fail)


def besides_the_revision(statements: list[str]) -> list[str]:
    """Return all statements but that for the revision, which a process sends once a second."""
    return [text for text in statements if not text.startswith("SELECT list_states.revision")]

"""An unusable database gives an error message that says what to do."""

import secrets
from collections.abc import Iterator

import pytest
from flask import Flask
from sqlalchemy import create_engine, make_url, text

from app import create_app
from config import Config
from setup_db import db
from tests.conftest import SECRET_KEY
from tests.support.databases import ENGINES, Databases

NO_TABLES = "The database has no tables yet. Make them first: flask --app app prepare."


def app_on(url: str) -> Flask:
    return create_app(Config(SECRET_KEY=SECRET_KEY, DATABASE_URL=url))


@pytest.fixture(params=ENGINES)
def empty(request: pytest.FixtureRequest, databases: Databases) -> Iterator[Flask]:
    """The application on a database without tables."""
    app = app_on(databases.new(request.param))
    yield app
    with app.app_context():
        db.engine.dispose()


@pytest.mark.parametrize("path", ["/movies/", "/movies/1/"])
def test_a_request_is_503_without_tables(empty: Flask, path: str) -> None:
    response = empty.test_client().get(path)
    assert (response.status_code, response.json) == (503, {"message": NO_TABLES})
    assert response.headers["Retry-After"] == "2"


@pytest.fixture
def latin_url(databases: Databases) -> Iterator[str]:
    """The URL of a PostgreSQL database whose encoding is LATIN1."""
    url = make_url(databases.new("postgresql"))
    name = f"encoded_{secrets.token_hex(6)}"
    server = create_engine(url, isolation_level="AUTOCOMMIT")
    with server.connect() as connection:
        options = "TEMPLATE template0 ENCODING 'LATIN1' LC_COLLATE 'C' LC_CTYPE 'C'"
        connection.execute(text(f"CREATE DATABASE {name} {options}"))
        yield url.set(database=name).render_as_string(hide_password=False)
        connection.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))
    server.dispose()


@pytest.mark.postgresql
def test_is_not_prepared_in_another_encoding(latin_url: str) -> None:
    app = app_on(latin_url)
    result = app.test_cli_runner().invoke(args=["prepare"])
    with app.app_context():
        db.engine.dispose()
    assert (result.exit_code, result.stderr) == (
        1,
        "Error: The database is encoded as LATIN1. Create it anew with ENCODING 'UTF8'.\n",
    )

"""The commands that prepare a database and serve the application."""

import json
import re
import socket
from collections.abc import Iterator
from unittest.mock import create_autospec

import pytest
from click.testing import Result
from flask import Flask
from granian import Granian
from sqlalchemy import func, select, text
from sqlalchemy.orm import Session

from app import create_app
from commands import init_commands
from commands.catalogue import DEMO_CATALOGUE
from config import Config
from dao.catalogue import CatalogueStateDAO
from dao.models import Movie, User
from setup_db import db
from tests.support.databases import Databases
from tests.support.ports import free_port


@pytest.fixture
def bare_app(databases: Databases) -> Iterator[Flask]:
    """The application on a database without tables."""
    made = create_app(Config(SECRET_KEY="k" * 40, DATABASE_URL=databases.new("sqlite")))
    yield made
    with made.app_context():
        db.engine.dispose()


def run(app: Flask, *args: object) -> Result:
    return app.test_cli_runner().invoke(args=[str(arg) for arg in args])


def test_prepares_an_empty_database_once(app: Flask, session: Session) -> None:
    expected = len(json.loads(DEMO_CATALOGUE.read_text("utf-8"))["movies"])
    first, second = (run(app, "prepare") for _ in range(2))
    assert (first.exit_code, second.exit_code) == (0, 0)
    told = f"demo_catalogue.json: {expected} films, {expected} new, 0 updated, 0 unchanged, in "
    assert first.output.startswith(told)
    assert second.output == ""
    assert session.scalar(select(func.count(Movie.id))) == expected


def test_a_database_without_tables_is_migrated_first(bare_app: Flask) -> None:
    assert run(bare_app, "load-catalogue", DEMO_CATALOGUE).exit_code == 0
    with bare_app.app_context():
        assert not CatalogueStateDAO(db.engine).is_empty()


def test_lost_triggers_of_the_search_are_reported(bare_app: Flask) -> None:
    run(bare_app, "prepare")
    with bare_app.app_context(), db.engine.begin() as connection:
        connection.execute(text("DROP TRIGGER movie_titles_insert"))
    lost = "The search does not follow the films, because a migration has lost triggers of theirs."

    prepared, loaded, checked = (
        run(bare_app, *command)
        for command in (["prepare"], ["load-catalogue", DEMO_CATALOGUE], ["db", "check"])
    )

    assert (prepared.exit_code, loaded.exit_code, checked.exit_code) == (1, 0, 1)
    assert f"Error: {lost}" in prepared.stderr
    assert f"Warning: {lost}" in loaded.stderr
    assert "CREATE TRIGGER movie_titles_insert" in loaded.stderr


def test_adds_the_demo_account_to_the_default_database_only(app: Flask, session: Session) -> None:
    result = run(app, "prepare", "--demo-account")
    assert result.exit_code == 0
    assert session.scalars(select(User)).all() == []


def test_does_not_serve_on_a_port_that_is_taken() -> None:
    bare = Flask("bare")
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        init_commands(bare, Config(SECRET_KEY="k" * 32, PORT=port))
        result = run(bare, "serve")
    assert result.exit_code == 1
    assert f"Error: Kinoteka cannot listen on 127.0.0.1:{port} (" in result.stderr


def test_serves_below_a_prefix_of_the_path(monkeypatch: pytest.MonkeyPatch) -> None:
    server = create_autospec(Granian)
    monkeypatch.setattr("commands.server.Granian", server)
    bare = Flask("bare")
    init_commands(bare, Config(SECRET_KEY="k" * 32, PORT=free_port()))
    result = run(bare, "serve", "--announce", "--url-path-prefix", "films/")
    assert server.call_args.kwargs["url_path_prefix"] == "/films"
    assert re.fullmatch(
        r"Kinoteka on (http://127.0.0.1:\d+/films), documentation on \1/docs\n", result.output
    )

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from flask.testing import FlaskClient
from sqlalchemy import Engine, event
from sqlalchemy.exc import OperationalError

pytestmark = pytest.mark.usefixtures("session")


@contextmanager
def down(engine: Engine) -> Iterator[None]:
    """Let every statement fail as it does when the database is down."""

    def fail(*_: object) -> None:
        raise OperationalError("SELECT 1", {}, Exception("gone"))

    event.listen(engine, "before_cursor_execute", fail)
    try:
        yield
    finally:
        event.remove(engine, "before_cursor_execute", fail)


@pytest.mark.parametrize("name", ["live", "ready"])
@pytest.mark.parametrize("slash", ["", "/"])
def test_says_so_where_all_is_well(client: FlaskClient, name: str, slash: str) -> None:
    answer = client.get(f"/health/{name}{slash}")
    assert (answer.status_code, answer.json) == (200, {"status": name})
    assert answer.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize("name", ["live", "ready"])
def test_can_be_asked_for_the_status_alone(client: FlaskClient, name: str) -> None:
    answer = client.head(f"/health/{name}")
    assert (answer.status_code, answer.data) == (200, b"")


def test_is_not_ready_while_the_database_is_down(client: FlaskClient, engine: Engine) -> None:
    with down(engine):
        answer = client.get("/health/ready")
    assert answer.status_code == 503
    assert answer.headers["Retry-After"] == "2"
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.json == {"message": "The database does not answer."}
    assert client.get("/health/ready").status_code == 200


def test_is_alive_whatever_the_database_does(client: FlaskClient, engine: Engine) -> None:
    with down(engine):
        assert client.get("/health/live").status_code == 200


def test_being_alive_takes_no_statement(client: FlaskClient, statements: list[str]) -> None:
    client.get("/health/live")
    assert statements == []


def test_being_ready_takes_one_statement(client: FlaskClient, statements: list[str]) -> None:
    client.get("/health/ready")
    assert statements == ["SELECT 1"]


@pytest.mark.parametrize("name", ["live", "ready"])
def test_is_not_worth_a_line_of_log(
    client: FlaskClient, name: str, capfd: pytest.CaptureFixture[str]
) -> None:
    client.get(f"/health/{name}")
    assert capfd.readouterr().out == ""

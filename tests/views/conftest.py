from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import count

import pytest
from flask.testing import FlaskClient
from sqlalchemy import Engine, event

PASSWORD = "correct horse battery"
_numbers = count(1)


@dataclass(frozen=True)
class Account:
    """Somebody who is signed in."""

    email: str
    tokens: dict[str, str]

    @property
    def headers(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.tokens['access_token']}"}


def log_in(client: FlaskClient, email: str, password: str = PASSWORD) -> Account:
    answer = client.post("/auth/login/", json={"email": email, "password": password})
    assert answer.status_code == 200, answer.json
    return Account(email, answer.json)


@pytest.fixture
def account(client: FlaskClient) -> Account:
    """A new account, signed in once."""
    email = f"viewer{next(_numbers)}@example.com"
    client.post("/auth/register/", json={"email": email, "password": PASSWORD})
    return log_in(client, email)


@contextmanager
def counted_statements(engine: Engine) -> Iterator[list[str]]:
    """Collect the statements that the database is sent, but for BEGIN, COMMIT and the like."""
    statements: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        if not statement.startswith("BEGIN"):
            statements.append(statement)

    event.listen(engine, "before_cursor_execute", note)
    try:
        yield statements
    finally:
        event.remove(engine, "before_cursor_execute", note)

from __future__ import annotations

from dataclasses import dataclass
from itertools import count

import pytest
from flask.testing import FlaskClient

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


def of_the_list(statements: list[str]) -> list[str]:
    """The statements but for that of the revision, sent at most once a second whatever is asked."""
    return [text for text in statements if not text.startswith("SELECT list_states.rev")]

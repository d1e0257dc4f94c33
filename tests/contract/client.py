"""The API as a client sees it, and the people who use it."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from typing import Any

import httpx
import pytest
from httpx import codes

Json = dict[str, Any]
Tokens = dict[str, str]

# Part of every password that the tests choose: an answer that shows one does not go unnoticed.
_PASSWORD_MARK = "only-for-tests"
_NEVER_SHOWN = (_PASSWORD_MARK, "$argon2", "Traceback (most recent", "<html")

# Longer lists of a server that is not ours take too long to compare page by page.
_COMPARABLE_LENGTH = 5000


@dataclass(frozen=True)
class Account:
    """Somebody who has registered and signed in."""

    email: str
    password: str
    tokens: Tokens

    @property
    def headers(self) -> dict[str, str]:
        return bearer(self.tokens["access_token"])

    @property
    def credentials(self) -> dict[str, str]:
        return {"email": self.email, "password": self.password}


class Api(httpx.Client):
    """Speaks HTTP, and holds every answer to what the contract says of all answers."""

    def __init__(self, base_url: str, headers: dict[str, str] | None = None) -> None:
        super().__init__(base_url=base_url, headers=headers, timeout=30)
        self.event_hooks = {"response": [_check]}

    def register(self, email: str, password: str) -> httpx.Response:
        return self.post("/auth/register/", json={"email": email, "password": password})

    def log_in(self, email: str, password: str) -> httpx.Response:
        return self.post("/auth/login/", json={"email": email, "password": password})

    def refresh(self, tokens: Tokens) -> httpx.Response:
        return self.put("/auth/login/", json=tokens)

    def whoami(self, tokens: Tokens) -> httpx.Response:
        """Ask for something that only a good access token opens."""
        return self.get("/user/", headers=bearer(tokens["access_token"]))

    def new_account(self) -> Account:
        """Register somebody new and sign in."""
        email, password = an_address(), a_password()
        self.register(email, password).raise_for_status()
        return Account(email, password, self.new_tokens(email, password))

    def new_tokens(self, email: str, password: str) -> Tokens:
        """Begin another session."""
        tokens: Tokens = self.log_in(email, password).raise_for_status().json()
        return tokens

    def whole(self, path: str, **params: str | int) -> list[Json]:
        """Return a list as the server gives it without `page`."""
        first_page = self.head(path, params={**params, "page": 1}).raise_for_status()
        if int(first_page.headers["X-Total-Count"]) > _COMPARABLE_LENGTH:
            pytest.skip(f"{path} is longer than {_COMPARABLE_LENGTH} records.")
        records: list[Json] = self.get(path, params=params).raise_for_status().json()
        return records


def an_address() -> str:
    return f"{secrets.token_hex(8)}@example.com"


def a_password() -> str:
    return f"{_PASSWORD_MARK} {secrets.token_hex(8)}"


def bearer(token: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {token}"}


def faulty_fields(response: httpx.Response) -> set[str]:
    """Return the fields that a 400 names."""
    return set(response.json()["errors"])


def is_json(response: httpx.Response) -> bool:
    content_type: str = response.headers["Content-Type"]
    return content_type.partition(";")[0] == "application/json"


def _check(response: httpx.Response) -> None:
    response.read()
    request = f"{response.request.method} {response.request.url}"
    shown = [text for text in _NEVER_SHOWN if text in response.text]
    assert not shown, f"{request} shows {shown}"
    assert not response.has_redirect_location, f"{request} redirects"
    # Headers that are too large the server refuses itself, in words of its own.
    if response.is_error and response.status_code != codes.REQUEST_HEADER_FIELDS_TOO_LARGE:
        assert is_json(response), f"{request}: no JSON"
        if response.request.method != "HEAD":
            _check_error(request, response.json())


def _check_error(request: str, body: Json) -> None:
    assert isinstance(body["message"], str), f"{request}: {body}"
    assert body["message"].strip(), f"{request}: {body}"
    assert set(body) <= {"message", "errors"}, f"{request}: {body}"

"""A client of the API, and accounts to use it with."""

import secrets
from dataclasses import dataclass, replace
from itertools import count
from typing import Any

import httpx
from httpx import codes

from tests.contract.every_response import PASSWORD_MARK, check

Json = dict[str, Any]
Tokens = dict[str, str]

_numbers = count(1)


@dataclass(frozen=True)
class Account:
    """A signed-in user."""

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
    """An HTTP client of the API that checks every response."""

    def __init__(
        self,
        base_url: str,
        headers: dict[str, str] | None = None,
        timeout_seconds: float = 30,
        transport: httpx.BaseTransport | None = None,
    ) -> None:
        self.transport = transport or httpx.HTTPTransport()
        super().__init__(
            base_url=base_url, headers=headers, timeout=timeout_seconds, transport=self.transport
        )
        self.event_hooks = {"response": [check]}

    def elsewhere(self, ip: str = "") -> "Api":
        """Return a client whose requests a trusted proxy forwards from another IP address."""
        headers = {"X-Forwarded-For": ip or an_ip()}
        return Api(str(self.base_url), headers, transport=self.transport)

    def register(self, email: str, password: str) -> httpx.Response:
        return self.post("/auth/register/", json={"email": email, "password": password})

    def log_in(self, email: str, password: str) -> httpx.Response:
        return self.post("/auth/login/", json={"email": email, "password": password})

    def guess(self, email: str) -> httpx.Response:
        """Log in with a wrong password."""
        return self.log_in(email, a_password())

    def log_out(self, account: Account) -> httpx.Response:
        return self.delete("/auth/login/", headers=account.headers)

    def change_password(self, account: Account, old: str, new: str) -> httpx.Response:
        passwords = {"old_password": old, "new_password": new}
        return self.put("/user/password/", json=passwords, headers=account.headers)

    def delete_account(self, account: Account, password: str) -> httpx.Response:
        body = {"password": password}
        return self.request("DELETE", "/user/", json=body, headers=account.headers)

    def like(self, account: Account, film: Json) -> httpx.Response:
        return self.post(f"/favorites/movies/{film['id']}/", headers=account.headers)

    def unlike(self, account: Account, film: Json) -> httpx.Response:
        return self.delete(f"/favorites/movies/{film['id']}/", headers=account.headers)

    def refresh(self, tokens: Tokens) -> httpx.Response:
        return self.put("/auth/login/", json=tokens)

    def whoami(self, tokens: Tokens) -> httpx.Response:
        """Request the profile, which needs a valid access token."""
        return self.get("/user/", headers=bearer(tokens["access_token"]))

    def new_account(self) -> Account:
        """Register a user and log in."""
        somebody = self.new_registration()
        return replace(somebody, tokens=self.new_tokens(somebody.email, somebody.password))

    def new_registration(self) -> Account:
        """Register a user, without logging in."""
        email, password = an_email(), a_password()
        needed(self.register(email, password))
        return Account(email, password, {})

    def new_tokens(self, email: str, password: str) -> Tokens:
        """Log in, which begins another session, and return its tokens."""
        tokens: Tokens = needed(self.log_in(email, password)).json()
        return tokens

    def listed(self, path: str, **params: str | int) -> list[Json]:
        """Return the records of a list."""
        records: list[Json] = needed(self.get(path, params=params)).json()
        return records


def needed(response: httpx.Response) -> httpx.Response:
    """Return the response, which has to be a success."""
    assert response.is_success
    return response


def an_ip() -> str:
    """Return an IP address (RFC 2544, appendix C.2.2) that no other test uses."""
    number = next(_numbers)
    return f"198.18.{number // 256}.{number % 256}"


def an_email() -> str:
    return f"{secrets.token_hex(8)}@example.com"


def a_password() -> str:
    return f"{PASSWORD_MARK} {secrets.token_hex(8)}"


def bearer(token: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {token}"}


def status_of(response: httpx.Response, *, faulty: set[str]) -> int:
    """Return the status of a response. The `errors` of a 400 must name exactly these fields."""
    if response.status_code == codes.BAD_REQUEST:
        assert set(response.json().get("errors", {})) == faulty
    return response.status_code

"""The API as a client sees it, and the people who use it."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, replace
from itertools import count
from typing import Any

import httpx
from httpx import codes

from tests.contract.every_answer import PASSWORD_MARK, look_at
from tests.contract.forms import Forms
from tests.contract.notebook import CannotCheckError, in_brief, notebook

Json = dict[str, Any]
Tokens = dict[str, str]

# Longer lists of a server that is not ours take too long to compare page by page.
_COMPARABLE_LENGTH = 5000

_numbers = count(1)


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
    """Speaks HTTP, and notes faults that no response may have."""

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
        self.event_hooks = {"request": [notebook.asked], "response": [look_at]}
        self.forms = Forms()

    def build_request(self, method: str, url: httpx.URL | str, **options: Any) -> httpx.Request:
        """Build a request to a path in the form that the server has."""
        return super().build_request(method, self.forms.known(url), **options)

    def elsewhere(self, ip: str = "") -> Api:
        """Return the API as a trusted proxy hands on the calls of somebody at another place."""
        headers = {"X-Forwarded-For": ip or an_ip()}
        return Api(str(self.base_url), headers, transport=self.transport)

    def as_written(self, method: str, url: str, **options: Any) -> httpx.Response:
        """Request a path with its final slash, or without it, exactly as it is given."""
        return self.send(super().build_request(method, url, **options))

    def register(self, email: str, password: str) -> httpx.Response:
        return self.post("/auth/register/", json={"email": email, "password": password})

    def log_in(self, email: str, password: str) -> httpx.Response:
        return self.post("/auth/login/", json={"email": email, "password": password})

    def guess(self, email: str) -> httpx.Response:
        """Try to log in with a password that is wrong."""
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
        """Ask for something that only a good access token opens."""
        return self.get("/user/", headers=bearer(tokens["access_token"]))

    def new_account(self) -> Account:
        """Register somebody new and sign in."""
        somebody = self.new_registration()
        return replace(somebody, tokens=self.new_tokens(somebody.email, somebody.password))

    def new_registration(self) -> Account:
        """Register somebody new, who has no tokens yet."""
        email, password = an_email(), a_password()
        needed(self.register(email, password))
        return Account(email, password, {})

    def new_tokens(self, email: str, password: str) -> Tokens:
        """Begin another session."""
        response = needed(self.log_in(email, password))
        tokens: Tokens = json_of(response)
        if not isinstance(tokens, dict) or not {"access_token", "refresh_token"} <= set(tokens):
            raise CannotCheckError(f"{in_brief(response)} without two tokens")
        return tokens

    def whole(self, path: str, **params: str | int) -> list[Json]:
        """Return a list as the server gives it without `page`, to compare others with.

        The notebook keeps the request that is compared with it.
        """
        with notebook.kept():
            return self._whole(path, **params)

    def _whole(self, path: str, **params: str | int) -> list[Json]:
        first_page = self.get(path, params={**params, "page": 1})
        total = first_page.headers.get("X-Total-Count", "")
        if total.isdecimal() and int(total) > _COMPARABLE_LENGTH:
            raise CannotCheckError(f"{path} is longer than {_COMPARABLE_LENGTH} records")
        records = self.listed(path, **params)
        if not (records or params):
            raise CannotCheckError(f"{path} is empty")
        return records

    def listed(self, path: str, **params: str | int) -> list[Json]:
        """Return the records of a list."""
        response = needed(self.get(path, params=params))
        records = json_of(response)
        if not isinstance(records, list) or not all(isinstance(item, dict) for item in records):
            raise CannotCheckError(f"{in_brief(response)}, but no list of objects")
        return records


def needed(response: httpx.Response) -> httpx.Response:
    """Return a response without which a check cannot go on."""
    if not response.is_success:
        raise CannotCheckError(in_brief(response))
    return response


def json_of(response: httpx.Response) -> Any:
    try:
        return response.json()
    except ValueError:
        raise CannotCheckError(f"{in_brief(response)}, but no JSON") from None


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
    """Return the status; whether a 400 names exactly these fields is a promise of its own."""
    if response.status_code == codes.BAD_REQUEST:
        named = _errors(response)
        if named != faulty:
            found = f"`errors` names {sorted(named) or 'nothing'}, expected {sorted(faulty)}"
            notebook.remark("faults", response, found)
    return response.status_code


def _errors(response: httpx.Response) -> set[str]:
    try:
        return set(response.json()["errors"])
    except (ValueError, KeyError, TypeError):
        return set()

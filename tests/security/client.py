"""Clients at many places, and requests at one moment."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from functools import partial
from itertools import count
from typing import TypeVar

import httpx

from tests.contract.client import Account, Api, Json, Tokens, a_password, an_address, bearer
from tests.contract.threads import at_once
from tests.support.servers import Server

T = TypeVar("T")
Call = Callable[[], httpx.Response]

_numbers = count(1)


def an_ip() -> str:
    """Return an address (RFC 2544, appendix C.2.2) that no other test uses."""
    number = next(_numbers)
    return f"198.18.{number // 256}.{number % 256}"


@dataclass(frozen=True)
class Visitor:
    """Somebody at an IP of their own, as the proxy in front of the server tells it."""

    api: Api
    ip: str = field(default_factory=an_ip)

    def send(
        self, method: str, path: str, tokens: Tokens | None = None, **fields: str
    ) -> httpx.Response:
        headers = bearer(tokens["access_token"]) if tokens else {}
        headers["X-Forwarded-For"] = self.ip
        return self.api.request(method, path, headers=headers, json=fields or None)

    def register(self, email: str, password: str) -> httpx.Response:
        return self.send("POST", "/auth/register/", email=email, password=password)

    def log_in(self, email: str, password: str) -> httpx.Response:
        return self.send("POST", "/auth/login/", email=email, password=password)

    def guess(self, email: str) -> httpx.Response:
        """Try a password that is wrong."""
        return self.log_in(email, a_password())

    def refresh(self, tokens: Tokens) -> httpx.Response:
        return self.send("PUT", "/auth/login/", None, **tokens)

    def log_out(self, tokens: Tokens) -> httpx.Response:
        return self.send("DELETE", "/auth/login/", tokens)

    def change_password(self, tokens: Tokens, old: str, new: str) -> httpx.Response:
        body = {"old_password": old, "new_password": new}
        return self.send("PUT", "/user/password/", tokens, **body)

    def delete_account(self, tokens: Tokens, password: str) -> httpx.Response:
        return self.send("DELETE", "/user/", tokens, password=password)

    def new_account(self) -> Account:
        """Register somebody new and sign in."""
        email, password = an_address(), a_password()
        self.register(email, password).raise_for_status()
        return Account(email, password, self.log_in(email, password).raise_for_status().json())


def soon(calls: Sequence[Callable[[], T]]) -> list[T]:
    """Make many calls, a few at a time, where it is their number that matters."""
    with ThreadPoolExecutor(8) as pool:
        return list(pool.map(lambda call: call(), calls))


def guesses(visitor: Visitor, email: str, number: int) -> list[httpx.Response]:
    """Guess so many passwords at one moment."""
    return at_once([partial(visitor.guess, email)] * number)


def logins(api: Api, account: Account, number: int) -> list[Call]:
    """Return so many logins with the right password, each from another place."""
    return [partial(Visitor(api).log_in, account.email, account.password) for _ in range(number)]


def log_lines(server: Server) -> list[Json]:
    """Return the log, but for what granian says of itself, and `./dev run` does not let it say."""
    lines = server.log.read_text("utf-8").splitlines()
    return [json.loads(line) for line in lines if not line.startswith(("[INFO] ", "[WARNING] "))]


def statuses(answers: Iterable[httpx.Response]) -> Counter[int]:
    return Counter(answer.status_code for answer in answers)

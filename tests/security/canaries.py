"""Somebody who sends secrets wherever they can be sent, rightly or wrongly."""

from __future__ import annotations

import json
import secrets
from dataclasses import dataclass, field

import httpx

from tests.contract.client import Tokens, bearer
from tests.security.client import Visitor

# What would be an event in the log if it could begin a line.
FORGED = '\r\n{"event": "forged"}\x1b[2J'

_JSON = {"Content-Type": "application/json"}
_TOO_MUCH = 20_000


def a_canary() -> str:
    """Return a text that is nowhere unless somebody put it there."""
    return f"canary{secrets.token_hex(8)}"


@dataclass
class Canaries:
    """All secrets that were sent, and all answers but those whose purpose it is to hold tokens."""

    visitor: Visitor
    email: str = field(default_factory=lambda: f"{a_canary()}@example.com")
    unknown_address: str = field(default_factory=lambda: f"{a_canary()}@example.com")
    passwords: list[str] = field(default_factory=list)
    tokens: list[str] = field(default_factory=list)
    answers: list[httpx.Response] = field(default_factory=list)

    @property
    def secrets(self) -> list[str]:
        # Without its signature, which is its last part, a token is worth nothing.
        signatures = [token.rpartition(".")[2] for token in self.tokens]
        return [*self.passwords, *signatures, self.unknown_address]

    def send_everything(self) -> None:
        self.visitor.api.event_hooks["response"].append(self._note)
        password = self._password()
        self.visitor.register(self.email, password)
        self._send_bad_passwords(password)
        self._send_bad_bodies()
        tokens = self._log_in(password)
        self._replay(tokens)
        self._send_tokens_elsewhere(self._log_in(password))
        self._send_bad_changes(self._log_in(password))
        tokens, newer = self._log_in(password), self._password()
        self.visitor.change_password(tokens, password, newer)
        self.visitor.log_out(tokens)

    def _send_bad_passwords(self, right: str) -> None:
        self.visitor.register(self.email, self._password())
        self.visitor.register(self.email, right)
        self.visitor.log_in(self.email, self._password())
        self.visitor.log_in(self.email, self._password() + FORGED)
        self.visitor.log_in(self.unknown_address, self._password())
        self.visitor.log_in(self._password(), right)
        self.visitor.log_in(f"{self._password()}@example.com{FORGED}", right)
        self.visitor.log_in(f"{self._password()}@example.com", right)

    def _send_bad_bodies(self) -> None:
        post, path = self.visitor.api.post, "/auth/login/"
        credentials = {"email": self.email, "password": self._password()}
        good = json.dumps(credentials)
        post(path, data=credentials)
        post(path, data={"password": self._password()})
        post(path, content=good, headers={"Content-Type": "text/plain"})
        for bad in (good[:-1], f"[{good}]", good * 2, good.ljust(_TOO_MUCH), good + "\ud800"):
            post(path, content=bad.encode(errors="surrogatepass"), headers=_JSON)
        for value in ([self._password()], {"is": self._password()}):
            post(path, json={"email": self.email, "password": value})
        post(path, json={**credentials, "pasword": self._password()})

    def _replay(self, tokens: Tokens) -> None:
        newer = self._refresh(self._refresh(tokens))
        self.visitor.refresh(tokens)
        self.visitor.refresh(newer)

    def _send_tokens_elsewhere(self, tokens: Tokens) -> None:
        api, access, refresh = self.visitor.api, tokens["access_token"], tokens["refresh_token"]
        self.visitor.refresh({"access_token": refresh, "refresh_token": access})
        self.visitor.refresh({"access_token": access, "refresh_token": access + FORGED})
        self.visitor.log_in(access, refresh)
        for path in (f"/{access}", f"/movies/{access}/", f"/user/?access_token={access}"):
            api.get(path)
        for path in (f"/movies/?status={access}", f"/movies/?genre_id={access}", "/%0d%0a%1b"):
            api.get(path)
        for header in ("Authorization", "Cookie", "Referer", "User-Agent", "X-Request-ID"):
            api.get("/user/", headers={header: access})
        for value in (refresh, f"{access}."):
            api.get("/user/", headers=bearer(value))
        api.get("/user/", headers=[(b"Authorization", f"Bearer {access}\x9b".encode("latin-1"))])
        api.get("/user/", auth=(self.email, self._password()))

    def _send_bad_changes(self, tokens: Tokens) -> None:
        self.visitor.change_password(tokens, self._password(), self._password())
        self.visitor.change_password(tokens, self._password(), self._password() * 20)
        self.visitor.delete_account(tokens, self._password())
        for field_ in ("name", "surname", "favorite_genre"):
            self.visitor.send("PATCH", "/user/", tokens, **{field_: self._password() + FORGED})

    def _password(self) -> str:
        self.passwords.append(a_canary())
        return self.passwords[-1]

    def _log_in(self, password: str) -> Tokens:
        return self._kept(self.visitor.log_in(self.email, password))

    def _refresh(self, tokens: Tokens) -> Tokens:
        return self._kept(self.visitor.refresh(tokens))

    def _kept(self, answer: httpx.Response) -> Tokens:
        tokens: Tokens = answer.raise_for_status().json()
        self.tokens += tokens.values()
        return tokens

    def _note(self, answer: httpx.Response) -> None:
        is_grant = answer.is_success and answer.url.path == "/auth/login/"
        if not is_grant:
            self.answers.append(answer)

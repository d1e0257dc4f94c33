"""People whom no other examination knows, and their tokens (JSON Web Tokens, RFC 7519)."""

from __future__ import annotations

import base64
import json
import secrets
import time
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from grader.response import Response
    from grader.server import Server

MARK = "Grade-7x-"
_LONG_FROM_NOW = 4_102_444_800


def an_address() -> str:
    return f"grade-{secrets.token_hex(8)}@example.com"


def a_password() -> str:
    return f"{MARK}{secrets.token_hex(6)}"


class Person:
    """Somebody registered. The tokens are renewed before they end, however slow the server is."""

    def __init__(self, server: Server, email: str, password: str) -> None:
        self.email, self.password = email, password
        self._server = server
        self._access_token = self.refresh_token = ""
        self._good_until = float("inf")

    def sign_in(self) -> bool:
        """Begin a session, and say whether there are two tokens."""
        pair = pair_of(self._server.log_in(self.email, self.password))
        self._access_token, self.refresh_token = pair or ("", "")
        claims = claims_of(self._access_token)
        begin, end = claims.get("iat", time.time()), claims.get("exp")
        if isinstance(begin, int | float) and isinstance(end, int | float) and end > begin:
            self._good_until = time.monotonic() + (end - begin) / 2
        return pair is not None

    @property
    def token(self) -> str:
        """An access token that is good for a while."""
        if time.monotonic() > self._good_until:
            self.sign_in()
        return self._access_token

    def send(self, method: str, path: str, body: Any = None) -> Response:
        return self._server.client.send(method, path, self.token, body)


def pair_of(response: Response) -> tuple[str, str] | None:
    """Return the access and the refresh token in an answer."""
    data = response.data() if response.is_success else None
    if not isinstance(data, dict):
        return None
    access, refresh = data.get("access_token"), data.get("refresh_token")
    good = isinstance(access, str) and isinstance(refresh, str) and access and refresh
    return (str(access), str(refresh)) if good else None


def claims_of(token: str) -> dict[str, Any]:
    """Return what a token says, unverified; empty when it is no JSON Web Token."""
    try:
        _, middle, _ = token.split(".")
        claims = json.loads(base64.urlsafe_b64decode(middle + "=" * (-len(middle) % 4)))
    except (ValueError, RecursionError):
        return {}
    return claims if isinstance(claims, dict) else {}


def forgeries_of(token: str) -> dict[str, str]:
    """Return altered tokens; those that only make sense for JSON Web Tokens only for these."""
    place = token.rfind(".") + 1 or len(token) // 2
    other = "A" if token[place : place + 1] != "A" else "B"
    forged = {"signature ≠": f"{token[:place]}{other}{token[place + 1 :]}"}
    if claims := claims_of(token):
        header, _, signature = token.split(".")
        later = _encoded({**claims, "exp": _LONG_FROM_NOW})
        forged["exp ≠"] = f"{header}.{later}.{signature}"
        forged["alg: none"] = f"{_encoded({'alg': 'none', 'typ': 'JWT'})}.{_encoded(claims)}."
    return forged


def _encoded(claims: dict[str, Any]) -> str:
    return base64.urlsafe_b64encode(json.dumps(claims).encode()).rstrip(b"=").decode()

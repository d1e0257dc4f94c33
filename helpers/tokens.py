"""Signed tokens (JWT, RFC 7519), checked as RFC 8725 recommends."""

import re
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Literal

import jwt

from constants import JWT_ALGORITHM, JWT_ISSUER, MAX_ID, MAX_TOKEN_LENGTH
from helpers.numbers import ascii_int

_SESSION_ID = re.compile("[0-9a-f]{32}")

# Of a few hundred bytes each, since we have made them.
_REMEMBERED = 5_000

Kind = Literal["access", "refresh"]


class InvalidToken(Exception):
    """The text is not a good token of the wanted kind."""


@dataclass(frozen=True)
class TokenPair:
    access_token: str
    refresh_token: str


@dataclass(frozen=True)
class Claims:
    """What a good token says. `generation` is 0 for an access token, which has none."""

    user_id: int
    session_id: str
    generation: int


class Tokens:
    """Signs with the first key; verifies with each of them."""

    def __init__(self, keys: Sequence[str], access_seconds: int) -> None:
        self._keys = keys
        self._access_seconds = access_seconds
        # Good tokens are remembered: a client sends one again and again, for a quarter of an hour.
        self._read = lru_cache(maxsize=_REMEMBERED)(self._verified)

    def issue(
        self, user_id: int, session_id: str, generation: int, *, now: int, session_end: int
    ) -> TokenPair:
        """Return a pair for one generation of a session. Times are epoch seconds.

        The refresh token lasts until the session's end, the access token never longer than that.
        """
        common = {"iss": JWT_ISSUER, "sub": str(user_id), "sid": session_id, "iat": now}
        access_end = min(now + self._access_seconds, session_end)
        return TokenPair(
            self._sign({**common, "aud": "access", "exp": access_end}),
            self._sign({**common, "aud": "refresh", "exp": session_end, "gen": generation}),
        )

    def read(self, token: str, kind: Kind, now: int, *, forgive_expiry: bool = False) -> Claims:
        """Return the claims of a good token. Raises InvalidToken."""
        claims, expires_at = self._read(token, kind)
        if now >= expires_at and not forgive_expiry:
            raise InvalidToken
        return claims

    def _verified(self, token: str, kind: Kind) -> tuple[Claims, int]:
        """Return what a token says that we have signed, and when it expires."""
        claims = self._verify(token, kind)
        user_id = ascii_int(claims["sub"], MAX_ID)
        session_id, expires_at = claims["sid"], claims["exp"]
        generation = claims.get("gen", 0)
        well_formed = (
            claims["sub"] == str(user_id)
            and isinstance(session_id, str)
            and _SESSION_ID.fullmatch(session_id)
            and all(type(number) is int for number in (claims["iat"], expires_at, generation))
            and 0 <= generation < MAX_ID
            and ("gen" in claims) == (kind == "refresh")
        )
        if user_id is None or not well_formed:
            raise InvalidToken
        return Claims(user_id, session_id, generation), expires_at

    def _sign(self, claims: dict[str, Any]) -> str:
        unique = {**claims, "jti": secrets.token_hex(16)}
        return jwt.encode(unique, self._keys[0], algorithm=JWT_ALGORITHM)

    def _verify(self, token: str, kind: Kind) -> dict[str, Any]:
        if len(token) > MAX_TOKEN_LENGTH:
            raise InvalidToken
        for key in self._keys:
            try:
                return jwt.decode(
                    token,
                    key,
                    algorithms=[JWT_ALGORITHM],
                    issuer=JWT_ISSUER,
                    audience=kind,
                    options={
                        "require": ["iss", "aud", "sub", "sid", "iat", "exp", "jti"],
                        # PyJWT would check it before issuer and audience, and let the clock of
                        # another instance that runs a second ahead refuse a token as premature.
                        "verify_exp": False,
                        "verify_iat": False,
                        "strict_aud": True,
                    },
                )
            except jwt.InvalidSignatureError:
                continue  # Perhaps an older key made it.
            except (jwt.InvalidTokenError, UnicodeError) as error:  # A lone surrogate has no bytes.
                raise InvalidToken from error
        raise InvalidToken

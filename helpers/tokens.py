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

# The size of the cache of verified tokens, which have a few hundred bytes each.
_REMEMBERED = 5_000

Kind = Literal["access", "refresh"]


class InvalidToken(Exception):
    """The text is not a valid token of the expected kind."""


@dataclass(frozen=True)
class TokenPair:
    access_token: str
    refresh_token: str


@dataclass(frozen=True)
class Claims:
    """The claims of a valid token. `generation` is 0 for an access token, which has none."""

    user_id: int
    session_id: str
    generation: int


class Tokens:
    """Signs tokens with the first key, and verifies them with any of the keys."""

    def __init__(self, keys: Sequence[str], access_seconds: int) -> None:
        self._keys = keys
        self._access_seconds = access_seconds
        # Verified tokens are cached: a client sends the same one for a quarter of an hour.
        self._read = lru_cache(maxsize=_REMEMBERED)(self._verify)

    def issue(
        self, user_id: int, session_id: str, generation: int, *, now: int, session_end: int
    ) -> TokenPair:
        """Return a pair for one generation of a session. Times are epoch seconds.

        The refresh token expires with the session, and the access token no later than that.
        """
        common = {"iss": JWT_ISSUER, "sub": str(user_id), "sid": session_id, "iat": now}
        access_end = min(now + self._access_seconds, session_end)
        return TokenPair(
            self._sign({**common, "aud": "access", "exp": access_end}),
            self._sign({**common, "aud": "refresh", "exp": session_end, "gen": generation}),
        )

    def read(self, token: str, kind: Kind, now: int, *, forgive_expiry: bool = False) -> Claims:
        """Return the claims of a valid token. Raises InvalidToken."""
        claims, expires_at = self._read(token, kind)
        if now >= expires_at and not forgive_expiry:
            raise InvalidToken
        return claims

    def _verify(self, token: str, kind: Kind) -> tuple[Claims, int]:
        """Return the claims of a token that was signed with one of the keys, and its expiry."""
        claims = self._decode(token, kind)
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

    def _decode(self, token: str, kind: Kind) -> dict[str, Any]:
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
                        # PyJWT would check expiry before issuer and audience. It would also
                        # refuse a token from an instance whose clock is a second ahead.
                        "verify_exp": False,
                        "verify_iat": False,
                        "strict_aud": True,
                    },
                )
            except jwt.InvalidSignatureError:
                continue  # An older key may have signed it.
            except (jwt.InvalidTokenError, UnicodeError) as error:  # A lone surrogate has no bytes.
                raise InvalidToken from error
        raise InvalidToken

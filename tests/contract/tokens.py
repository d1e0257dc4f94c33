"""JSON Web Tokens (RFC 7519), read without their key and made with any."""

import jwt

from tests.contract.client import Json


def claims_of(token: str) -> Json:
    """Return what a token says, unverified."""
    claims: Json = jwt.decode(token, options={"verify_signature": False})
    return claims


def sign(claims: Json, key: str) -> str:
    """Return a token with a signature of a key."""
    return jwt.encode(claims, key, algorithm="HS256")


def forged(token: str) -> str:
    """Return the token as somebody would sign it who does not have the key."""
    return sign(claims_of(token), "a key that is long enough, but not the server's")

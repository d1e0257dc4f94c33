"""JSON Web Tokens (RFC 7519), decoded without a key and signed with any key."""

import jwt

from tests.contract.client import Json


def claims_of(token: str) -> Json:
    """Return the claims of a token, without verifying it."""
    claims: Json = jwt.decode(token, options={"verify_signature": False})
    return claims


def sign(claims: Json, key: str) -> str:
    """Return a token that is signed with this key."""
    return jwt.encode(claims, key, algorithm="HS256")


def forged(token: str) -> str:
    """Return the token signed with a key that the server does not know."""
    return sign(claims_of(token), "a key that is long enough, but not the server's")

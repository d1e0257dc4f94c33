"""JSON Web Tokens (RFC 7519), read and made by hand: no library would make such bad ones."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
from typing import Any

from tests.contract.client import Json

_DIGESTS = {"HS256": hashlib.sha256, "HS384": hashlib.sha384, "HS512": hashlib.sha512}


def claims_of(token: str) -> Json:
    """Return what a token says, unverified."""
    claims: Json = json.loads(_decode(token.split(".")[1]))
    return claims


def sign(claims: Any, key: str, algorithm: str = "HS256") -> str:
    """Return a token with a signature of a key."""
    message = _message(claims, algorithm)
    signature = hmac.digest(key.encode(), message.encode(), _DIGESTS[algorithm])
    return f"{message}.{_encode(signature)}"


def unsigned(claims: Any, algorithm: str) -> str:
    """Return a token that names an algorithm and has an empty signature."""
    return f"{_message(claims, algorithm)}."


def altered(token: str, **changes: Any) -> str:
    """Return the token with other claims under its old signature."""
    header, _, signature = token.split(".")
    return ".".join((header, _encode(json.dumps({**claims_of(token), **changes})), signature))


def _message(claims: Any, algorithm: str) -> str:
    header = {"alg": algorithm, "typ": "JWT"}
    return f"{_encode(json.dumps(header))}.{_encode(json.dumps(claims))}"


def _encode(content: str | bytes) -> str:
    raw = content.encode() if isinstance(content, str) else content
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def _decode(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))

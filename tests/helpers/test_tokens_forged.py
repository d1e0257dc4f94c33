"""Forged tokens. Some have a valid signature, so that nothing but the tested part is wrong."""

import base64
import json
from typing import Any

import jwt
import pytest

from constants import MAX_ID
from helpers.tokens import Claims, InvalidToken, Kind, Tokens

KEY = "a key of these tests that is long enough for each of the algorithms, HS512 too"
NOW = 1_700_000_000
SESSION = "0123456789abcdef0123456789abcdef"
ACCESS = {
    "iss": "kinoteka",
    "aud": "access",
    "sub": "7",
    "sid": SESSION,
    "iat": NOW,
    "exp": NOW + 900,
    "jti": "fedcba9876543210fedcba9876543210",
}
REFRESH = {**ACCESS, "aud": "refresh", "gen": 3}
TOKENS = Tokens((KEY,), access_seconds=900)


def signed(claims: Any, algorithm: str = "HS256", key: str = KEY) -> str:
    """Return a signed token with any payload. `jwt.encode` would refuse some of them."""
    return jwt.PyJWS().encode(json.dumps(claims).encode(), key, algorithm=algorithm)


def encoded(part: bytes) -> str:
    return base64.urlsafe_b64encode(part).rstrip(b"=").decode()


def resealed(place: int, part: bytes) -> str:
    """Replace one part of a valid token."""
    parts = signed(ACCESS).split(".")
    parts[place] = encoded(part)
    return ".".join(parts)


def headed(**header: object) -> str:
    """Return a valid token except for these header fields, which the signature covers."""
    parts = [{"alg": "HS256", "typ": "JWT", **header}, ACCESS]
    message = ".".join(encoded(json.dumps(part).encode()) for part in parts)
    algorithm = jwt.PyJWS().get_algorithm_by_name("HS256")
    signature = algorithm.sign(message.encode(), algorithm.prepare_key(KEY))
    return f"{message}.{encoded(signature)}"


def refuses(token: str, kind: Kind = "access", **options: bool) -> bool:
    try:
        TOKENS.read(token, kind, NOW, **options)
    except InvalidToken:
        return True
    return False


def test_what_is_varied_here_is_good_as_it_stands() -> None:
    assert TOKENS.read(signed(ACCESS), "access", NOW) == Claims(7, SESSION, 0)
    assert TOKENS.read(headed(), "access", NOW) == Claims(7, SESSION, 0)
    assert TOKENS.read(signed(REFRESH), "refresh", NOW) == Claims(7, SESSION, 3)


ALGORITHMS: list[object] = ["none", "hs256", None, ["HS256"]]
PAYLOADS: list[object] = [[], None]
FORGED = {
    "no signature": [signed(ACCESS, "none", key="")],
    "another algorithm": [signed(ACCESS, "HS512")],
    "another algorithm in the header": [headed(alg=it) for it in ALGORITHMS],
    "a signature of another key": [signed(ACCESS, key="another key, which is as long as ours is")],
    "other claims": [resealed(1, json.dumps({**ACCESS, "sub": "8"}).encode())],
    "a payload that is no object": [signed(it) for it in PAYLOADS],
    "a payload nested a thousand deep": [jwt.PyJWS().encode(b"[" * 1_400, KEY)],
    "a header that is not ours": [resealed(0, it) for it in (b"\xff\xfe", b"{}", b"null")],
    "a header nested a thousand deep": [f"{encoded(b'[' * 1_400)}.e30.AA"],
    "an unknown extension": [headed(crit=["exp"])],
    "a key id that is no text": [headed(kid=5)],
    "much longer than ours": [signed({**ACCESS, "extra": "x" * 2_000}), "a." * 50_000],
    "no token": ["", "..", "a.b", "a.b.c.d", "é.é.é", "\ud800"],
}


@pytest.mark.parametrize(
    "token", [pytest.param(it, id=reason) for reason, forged in FORGED.items() for it in forged]
)
def test_refuses_a_token_that_was_not_issued(token: str) -> None:
    assert refuses(token)


@pytest.mark.parametrize("name", REFRESH)
@pytest.mark.parametrize("claims", [ACCESS, REFRESH], ids=["access", "refresh"])
def test_refuses_a_claim_too_few_or_too_many(claims: dict[str, Any], name: str) -> None:
    varied = {other: value for other, value in claims.items() if other != name}
    if name not in claims:
        varied[name] = 0
    assert refuses(signed(varied), claims["aud"])


BAD_CLAIMS: dict[str, list[object]] = {
    "iss": ["somebody else"],
    "aud": ["refresh", ["access"], ""],
    "sub": [7, "", "007", "somebody", str(MAX_ID + 1), "1" * 1_000],
    "sid": [7, "", SESSION[1:], f"{SESSION}\n", SESSION.upper(), f"٠{SESSION[1:]}"],
    "iat": [str(NOW), NOW + 0.5, True],
    "exp": [str(NOW + 900), NOW + 900.5, True, float("inf")],
    "jti": [7],
}


@pytest.mark.parametrize(
    ("name", "value"),
    [(name, value) for name, values in BAD_CLAIMS.items() for value in values],
    ids=lambda part: ascii(part)[:60],
)
def test_refuses_a_claim_that_is_not_as_we_sign_it(name: str, value: object) -> None:
    assert refuses(signed({**ACCESS, name: value}))


@pytest.mark.parametrize(("user_id", "generation"), [(1, 0), (MAX_ID, MAX_ID - 1)])
def test_takes_every_id_and_generation_that_there_may_be(user_id: int, generation: int) -> None:
    token = signed({**REFRESH, "sub": str(user_id), "gen": generation})
    assert TOKENS.read(token, "refresh", NOW) == Claims(user_id, SESSION, generation)


@pytest.mark.parametrize("generation", ["3", 3.0, True, None, -1, MAX_ID], ids=str)
def test_refuses_a_generation_that_cannot_be(generation: object) -> None:
    assert refuses(signed({**REFRESH, "gen": generation}), "refresh")


@pytest.mark.parametrize("claim", [{"aud": "refresh"}, {"sub": 7}, {"exp": NOW - 0.5}], ids=str)
def test_forgives_nothing_but_the_time_of_an_expired_token(claim: dict[str, object]) -> None:
    assert refuses(signed({**ACCESS, "exp": NOW - 1, **claim}), forgive_expiry=True)

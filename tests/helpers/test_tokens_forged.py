"""Tokens that nobody issued: some with our own signature, so that nothing else is wrong."""

from __future__ import annotations

import base64
import json
from typing import Any, Literal

import jwt
import pytest

from constants import MAX_ID
from helpers.tokens import Claims, InvalidToken, Tokens

KEY = "a key of these tests that is long enough for each of the algorithms, HS512 too"
NOW = 1_700_000_000
ACCESS = {
    "iss": "kinoteka",
    "aud": "access",
    "sub": "7",
    "sid": "0123456789abcdef0123456789abcdef",
    "iat": NOW,
    "exp": NOW + 900,
    "jti": "fedcba9876543210fedcba9876543210",
}
REFRESH = {**ACCESS, "aud": "refresh", "gen": 3}
TOKENS = Tokens((KEY,), access_seconds=900)


def signed(claims: Any, algorithm: str | None = "HS256", key: str = KEY, **header: Any) -> str:
    """A token with any payload whatever; jwt.encode would refuse to sign some of them."""
    payload = json.dumps(claims).encode()
    return jwt.PyJWS().encode(payload, key, algorithm=algorithm, headers=header or None)


def encoded(part: bytes) -> str:
    return base64.urlsafe_b64encode(part).rstrip(b"=").decode()


def without(claims: dict[str, Any], name: str) -> dict[str, Any]:
    return {other: value for other, value in claims.items() if other != name}


def refuses(token: str, kind: Literal["access", "refresh"] = "access", **options: bool) -> bool:
    try:
        TOKENS.read(token, kind, NOW, **options)
    except InvalidToken:
        return True
    return False


def test_what_is_varied_here_is_good_as_it_stands() -> None:
    assert TOKENS.read(signed(ACCESS), "access", NOW) == Claims(7, str(ACCESS["sid"]), 0)
    assert TOKENS.read(signed(REFRESH), "refresh", NOW) == Claims(7, str(ACCESS["sid"]), 3)


@pytest.mark.parametrize("algorithm", ["none", "HS384", "HS512"])
def test_refuses_another_algorithm(algorithm: str) -> None:
    token = signed(ACCESS, algorithm, key="" if algorithm == "none" else KEY)
    assert refuses(token)


@pytest.mark.parametrize("algorithm", ["none", "None", "hs256", "", None, ["HS256"], {}, 5])
def test_refuses_a_header_that_names_another_algorithm_over_a_good_signature(
    algorithm: object,
) -> None:
    _, payload, signature = signed(ACCESS).split(".")
    header = encoded(json.dumps({"alg": algorithm, "typ": "JWT"}).encode())
    assert refuses(f"{header}.{payload}.{signature}")


def test_refuses_a_signature_of_another_key() -> None:
    assert refuses(signed(ACCESS, key="another key, which is as long as ours is"))


def test_refuses_other_claims_under_a_good_signature() -> None:
    header, _, signature = signed(ACCESS).split(".")
    payload = encoded(json.dumps({**ACCESS, "sub": "8"}).encode())
    assert refuses(f"{header}.{payload}.{signature}")


@pytest.mark.parametrize("name", ACCESS)
def test_refuses_an_access_token_without_a_claim(name: str) -> None:
    assert refuses(signed(without(ACCESS, name)))


@pytest.mark.parametrize("name", REFRESH)
def test_refuses_a_refresh_token_without_a_claim(name: str) -> None:
    assert refuses(signed(without(REFRESH, name)), "refresh")


def test_refuses_an_access_token_with_a_generation() -> None:
    assert refuses(signed({**ACCESS, "gen": 0}))


@pytest.mark.parametrize(
    "claim",
    [
        {"iss": "somebody else"},
        {"iss": ["kinoteka"]},
        {"iss": None},
        {"aud": "refresh"},
        {"aud": ["access"]},
        {"aud": ""},
        {"aud": None},
        {"sub": 7},
        {"sub": None},
        {"sub": ""},
        {"sub": "-7"},
        {"sub": "7.0"},
        {"sub": "٧"},
        {"sub": "007"},
        {"sub": "001"},
        {"sub": str(MAX_ID + 1)},
        {"sub": "1" * 20},
        {"sub": "1" * 1_000},
        {"sub": "somebody"},
        {"sub": "\ud800"},
        {"sid": 7},
        {"sid": None},
        {"sid": ["0123456789abcdef0123456789abcdef"]},
        {"sid": ""},
        {"sid": "\ud800"},
        {"sid": "0123456789abcdef0123456789abcde"},
        {"sid": "0123456789abcdef0123456789abcdef0"},
        {"sid": "0123456789abcdef0123456789abcdef\n"},
        {"sid": "0123456789ABCDEF0123456789ABCDEF"},
        {"sid": "01234567-89ab-cdef-0123-456789abcdef"},
        {"sid": "٠123456789abcdef0123456789abcdef"},
        {"iat": "abc"},
        {"iat": str(NOW)},
        {"iat": NOW + 0.5},
        {"iat": True},
        {"iat": None},
        {"iat": [NOW]},
        {"exp": str(NOW + 900)},
        {"exp": NOW + 900.5},
        {"exp": True},
        {"exp": None},
        {"exp": [NOW + 900]},
        {"exp": float("inf")},
        {"jti": 7},
        {"jti": None},
    ],
    ids=lambda claim: ascii(claim)[:60],
)
def test_refuses_a_claim_that_is_not_as_we_sign_it(claim: dict[str, object]) -> None:
    assert refuses(signed({**ACCESS, **claim}))


@pytest.mark.parametrize("user_id", [1, MAX_ID])
def test_takes_every_id_that_there_may_be(user_id: int) -> None:
    assert TOKENS.read(signed({**ACCESS, "sub": str(user_id)}), "access", NOW).user_id == user_id


@pytest.mark.parametrize("generation", [0, MAX_ID - 1])
def test_takes_every_generation_that_there_may_be(generation: int) -> None:
    read = TOKENS.read(signed({**REFRESH, "gen": generation}), "refresh", NOW)
    assert read.generation == generation


@pytest.mark.parametrize(
    "generation", ["3", "abc", 3.0, True, None, [3], -1, MAX_ID, 2**70, -(2**70)], ids=str
)
def test_refuses_a_generation_that_cannot_be(generation: object) -> None:
    assert refuses(signed({**REFRESH, "gen": generation}), "refresh")


@pytest.mark.parametrize(
    "claim",
    [
        {"aud": "refresh"},
        {"iss": "somebody else"},
        {"sub": 7},
        {"exp": "yesterday"},
        {"exp": NOW - 0.5},
        {"exp": True},
        {"exp": None},
    ],
    ids=str,
)
def test_forgives_nothing_but_the_time_of_an_expired_token(claim: dict[str, object]) -> None:
    expired = {**ACCESS, "exp": NOW - 1, **claim}
    assert refuses(signed(expired), forgive_expiry=True)


@pytest.mark.parametrize("claims", [[], "text", 5, None, [ACCESS]])
def test_refuses_a_payload_that_is_no_object(claims: object) -> None:
    assert refuses(signed(claims))


@pytest.mark.parametrize(
    "token",
    [
        "",
        ".",
        "..",
        "undefined",
        "Bearer",
        "a.b",
        "a.b.c.d",
        "é.é.é",
        "\ud800",
        "\ud800.\udfff.\ud800",
        "a" * 100_000,
        "a." * 50_000,
        f"{'a' * 50_000}.{'b' * 50_000}.c",
    ],
    ids=lambda token: ascii(token[:20]),
)
def test_refuses_text_that_is_no_token(token: str) -> None:
    assert refuses(token)


@pytest.mark.parametrize("part", [0, 1, 2])
def test_refuses_a_lone_surrogate_in_each_part(part: int) -> None:
    parts = signed(ACCESS).split(".")
    parts[part] += "\ud800"
    assert refuses(".".join(parts))


@pytest.mark.parametrize(
    "header",
    [b"[" * 1_400, b"[" * 100_000, b'{"a":' * 100_000],
    ids=["short enough", "arrays", "objects"],
)
def test_refuses_a_header_that_is_nested_thousands_deep(header: bytes) -> None:
    assert refuses(f"{encoded(header)}.e30.AA")


def test_refuses_a_payload_that_is_nested_a_thousand_deep() -> None:
    assert refuses(jwt.PyJWS().encode(b"[" * 1_400, KEY, algorithm="HS256"))


def test_refuses_a_token_that_is_good_but_much_longer_than_ours() -> None:
    assert refuses(signed({**ACCESS, "extra": "x" * 2_000}))


@pytest.mark.parametrize("part", [b"\xff\xfe", b"{", b"{}", b"null", b"", b'{"alg":NaN}'])
def test_refuses_a_header_that_is_not_ours(part: bytes) -> None:
    _, payload, signature = signed(ACCESS).split(".")
    assert refuses(f"{encoded(part)}.{payload}.{signature}")


@pytest.mark.parametrize(
    "header", [{"crit": ["exp"]}, {"b64": False, "crit": ["b64"]}, {"kid": 5}], ids=str
)
def test_refuses_a_header_that_asks_for_what_we_do_not_know(header: dict[str, object]) -> None:
    own = {"alg": "HS256", "typ": "JWT", **header}
    payload = encoded(json.dumps(ACCESS).encode())
    message = f"{encoded(json.dumps(own).encode())}.{payload}"
    algorithm = jwt.PyJWS().get_algorithm_by_name("HS256")
    signature = algorithm.sign(message.encode(), algorithm.prepare_key(KEY))
    assert refuses(f"{message}.{encoded(signature)}")

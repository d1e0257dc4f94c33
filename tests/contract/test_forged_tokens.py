"""Forged tokens.

Nothing counts of what a token says that the server did not make.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

import pytest

from tests.contract.client import Account, Api, Json
from tests.contract.tokens import altered, claims_of, sign, unsigned

Forge = Callable[[str], str]

ANOTHER_KEY = "a key that is long enough, but not the server's"

# What somebody can do who has a good token, but not the key.
FORGERIES: dict[str, Forge] = {
    "algorithm none": lambda token: unsigned(claims_of(token), "none"),
    "algorithm None": lambda token: unsigned(claims_of(token), "None"),
    "algorithm NONE": lambda token: unsigned(claims_of(token), "NONE"),
    "algorithm empty": lambda token: unsigned(claims_of(token), ""),
    "HS256 unsigned": lambda token: unsigned(claims_of(token), "HS256"),
    "another key": lambda token: sign(claims_of(token), ANOTHER_KEY),
    "empty key": lambda token: sign(claims_of(token), ""),
    "another owner": lambda token: altered(token, sub="1"),
    "another end": lambda token: altered(token, exp=2**40),
    "another purpose": lambda token: altered(token, aud=["access", "refresh"]),
    "no signature": lambda token: token.rpartition(".")[0],
    "four parts": lambda token: f"{token}.{token}",
    "claims are a list": lambda _: sign([], ANOTHER_KEY),
    "claims are null": lambda _: sign(None, ANOTHER_KEY),
    "dots": lambda _: "..",
}
forgeries = pytest.mark.parametrize("forge", FORGERIES.values(), ids=FORGERIES.keys())
halves = pytest.mark.parametrize("half", ["access_token", "refresh_token"])

# Claims that only somebody with the key could sign; `None` is JSON's null.
WRONG_CLAIMS: list[Json] = [
    {"iss": "somebody else"},
    {"iss": None},
    {"aud": "nobody"},
    {"aud": ["access", "refresh"]},
    {"aud": None},
    {"sub": 1},
    {"sub": "0"},
    {"sub": "٣"},
    {"sub": "admin"},
    {"sub": ""},
    {"sub": None},
    {"sid": "0" * 32},
    {"sid": ""},
    {"sid": 1},
    {"sid": None},
    {"exp": 1},
    {"exp": "9999999999"},
    {"exp": 9999999999.5},
    {"exp": True},
    {"exp": None},
    {"jti": 1},
    {"jti": None},
]
# An access token may have expired when the pair is refreshed, but its `exp` has to be a time.
WRONG_IN_A_PAIR = [claims for claims in WRONG_CLAIMS if claims != {"exp": 1}]


@forgeries
def test_a_forged_access_token_opens_nothing(api: Api, reader: Account, forge: Forge) -> None:
    """An access token that the server did not sign is refused."""
    forged = forge(reader.tokens["access_token"])
    assert api.whoami({"access_token": forged}).status_code == 401


@halves
@forgeries
def test_a_pair_with_a_forged_half_is_refused(
    api: Api, reader: Account, forge: Forge, half: str
) -> None:
    """A pair is refused if the server did not sign both of its tokens."""
    forged = forge(reader.tokens[half])
    assert api.refresh({**reader.tokens, half: forged}).status_code == 401


@halves
def test_forged_pairs_do_not_harm_the_session(api: Api, account: Account, half: str) -> None:
    """No forged pair ends or rotates the session that it names."""
    for forge in FORGERIES.values():
        api.refresh({**account.tokens, half: forge(account.tokens[half])})
    renewed = api.refresh(account.tokens).json()
    generations = [claims_of(pair["refresh_token"])["gen"] for pair in (account.tokens, renewed)]
    assert generations[1] == generations[0] + 1


def test_signing_with_the_key_makes_good_tokens(
    api: Api, account: Account, secret_key: str
) -> None:
    """The server accepts what its key signs, so it is the changes below that it refuses."""
    signed = {name: sign(claims_of(token), secret_key) for name, token in account.tokens.items()}
    assert (api.whoami(signed).status_code, api.refresh(signed).status_code) == (200, 200)


@pytest.mark.parametrize("algorithm", ["HS384", "HS512"])
def test_only_one_algorithm_is_accepted(
    api: Api, reader: Account, secret_key: str, algorithm: str
) -> None:
    """Tokens are signed with HS256: with another algorithm even the right key does not count."""
    token = sign(claims_of(reader.tokens["access_token"]), secret_key, algorithm)
    assert api.whoami({"access_token": token}).status_code == 401


@pytest.mark.parametrize("wrong", WRONG_CLAIMS, ids=str)
def test_an_access_token_with_a_wrong_claim_is_refused(
    api: Api, reader: Account, secret_key: str, wrong: Json
) -> None:
    """Every claim of an access token is checked."""
    token = sign({**claims_of(reader.tokens["access_token"]), **wrong}, secret_key)
    assert api.whoami({"access_token": token}).status_code == 401


@halves
@pytest.mark.parametrize("wrong", WRONG_IN_A_PAIR, ids=str)
def test_a_pair_with_a_wrong_claim_is_refused(
    api: Api, reader: Account, secret_key: str, wrong: Json, half: str
) -> None:
    """Every claim of both tokens is checked when they are exchanged."""
    token = sign({**claims_of(reader.tokens[half]), **wrong}, secret_key)
    assert api.refresh({**reader.tokens, half: token}).status_code == 401


@pytest.mark.parametrize("generation", ["0", 0.0, True, None])
def test_a_generation_is_a_whole_number(
    api: Api, reader: Account, secret_key: str, generation: Any
) -> None:
    """The generation in a refresh token has to be a whole number."""
    claims = {**claims_of(reader.tokens["refresh_token"]), "gen": generation}
    pair = {**reader.tokens, "refresh_token": sign(claims, secret_key)}
    assert api.refresh(pair).status_code == 401


@halves
@pytest.mark.parametrize("claim", ["iss", "aud", "sub", "sid", "iat", "exp", "jti"])
def test_a_token_that_lacks_a_claim_is_refused(
    api: Api, reader: Account, secret_key: str, claim: str, half: str
) -> None:
    """A token without one of its claims is refused."""
    claims = claims_of(reader.tokens[half])
    del claims[claim]
    assert api.refresh({**reader.tokens, half: sign(claims, secret_key)}).status_code == 401


def test_an_expired_access_token_is_not_checked_less(
    api: Api, reader: Account, secret_key: str
) -> None:
    """Only the expiry of an access token is forgiven in a refresh, not its wrong purpose."""
    claims = claims_of(reader.tokens["access_token"])
    expired = {**claims, "exp": int(time.time()) - 60, "aud": "refresh"}
    pair = {**reader.tokens, "access_token": sign(expired, secret_key)}
    assert api.refresh(pair).status_code == 401


def test_an_access_token_of_somebody_else_does_not_open_a_session(
    api: Api, reader: Account, account: Account, secret_key: str
) -> None:
    """A session only counts together with its owner."""
    owner = claims_of(account.tokens["access_token"])["sub"]
    claims = {**claims_of(reader.tokens["access_token"]), "sub": owner}
    assert api.whoami({"access_token": sign(claims, secret_key)}).status_code == 401

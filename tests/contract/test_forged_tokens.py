"""Forged tokens.

Nothing counts of what a token says that the server did not make.
"""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.contract.client import Account, Api
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
pytestmark = pytest.mark.one_engine


@forgeries
def test_a_forged_access_token_opens_nothing(api: Api, reader: Account, forge: Forge) -> None:
    """An access token that the server did not sign is refused."""
    forged = forge(reader.tokens["access_token"])
    assert api.whoami({"access_token": forged}).status_code == 401


@halves
@forgeries
def test_a_half_forged_pair_is_refused(api: Api, reader: Account, forge: Forge, half: str) -> None:
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

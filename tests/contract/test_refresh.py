"""Exchanging a pair of tokens for a new one."""

from collections.abc import Callable
from functools import partial

import pytest

from tests.contract.client import Account, Api, Tokens
from tests.contract.threads import at_once
from tests.contract.tokens import claims_of, forged

Spoil = Callable[[Tokens, Tokens], Tokens]


def generation(tokens: Tokens) -> int:
    value: int = claims_of(tokens["refresh_token"])["gen"]
    return value


def test_a_pair_is_exchanged_for_a_new_one_of_the_same_session(api: Api, account: Account) -> None:
    response = api.refresh(account.tokens)
    renewed = response.json()
    assert (response.status_code, response.headers["Cache-Control"]) == (200, "no-store")
    assert set(renewed) == {"access_token", "refresh_token"}
    assert set(renewed.values()).isdisjoint(account.tokens.values())
    sessions = {claims_of(token)["sid"] for token in (*account.tokens.values(), *renewed.values())}
    assert len(sessions) == 1
    assert generation(renewed) == generation(account.tokens) + 1
    assert api.whoami(renewed).json()["email"] == account.email


BAD_PAIRS: dict[str, Spoil] = {
    "swapped": lambda pair, _: dict(zip(pair, reversed(pair.values()), strict=True)),
    "bad access": lambda pair, _: {**pair, "access_token": "undefined"},
    "forged refresh": lambda pair, _: {**pair, "refresh_token": forged(pair["refresh_token"])},
    "foreign access": lambda pair, other: {**pair, "access_token": other["access_token"]},
}


@pytest.mark.parametrize("spoil", BAD_PAIRS.values(), ids=BAD_PAIRS)
def test_a_pair_with_one_wrong_half_is_refused_and_not_used_up(
    api: Api, account: Account, reader: Account, spoil: Spoil
) -> None:
    refused = api.refresh(spoil(account.tokens, reader.tokens))
    assert refused.status_code == 401
    assert refused.headers["WWW-Authenticate"] == 'Bearer realm="Kinoteka", error="invalid_token"'
    assert generation(api.refresh(account.tokens).json()) == generation(account.tokens) + 1


def test_a_token_that_was_exchanged_twice_over_ends_its_session(api: Api, account: Account) -> None:
    """The token was stolen, so its whole session ends. Other sessions of the user go on."""
    elsewhere = api.new_tokens(account.email, account.password)
    last = api.refresh(api.refresh(account.tokens).json()).json()
    assert api.refresh(account.tokens).status_code == 401
    assert [api.whoami(last).status_code, api.refresh(last).status_code] == [401, 401]
    assert api.whoami(elsewhere).is_success


def test_a_pair_refreshed_often_at_once_is_rotated_once(api: Api, account: Account) -> None:
    responses = at_once([partial(api.refresh, account.tokens)] * 20)
    assert {one.status_code for one in responses} == {200}
    pairs = [response.json() for response in responses]
    assert {generation(pair) for pair in pairs} == {generation(account.tokens) + 1}
    again = at_once([partial(api.refresh, pair) for pair in pairs])
    assert {one.status_code for one in again} == {200}

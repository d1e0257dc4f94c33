"""Exchanging a pair of tokens."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.contract.client import Account, Api, Tokens
from tests.contract.tokens import claims_of, forged

Spoil = Callable[[Tokens, Tokens], Tokens]


def generation(tokens: Tokens) -> int:
    value: int = claims_of(tokens["refresh_token"])["gen"]
    return value


def test_a_pair_is_exchanged_for_a_new_one(api: Api, account: Account) -> None:
    """A refresh is 200 with an access token and a refresh token that are both new."""
    response = api.refresh(account.tokens)
    assert response.status_code == 200
    assert set(response.json()) == {"access_token", "refresh_token"}
    assert set(response.json().values()).isdisjoint(account.tokens.values())


def test_no_cache_stores_the_tokens_of_a_refresh(api: Api, account: Account) -> None:
    """The response to a refresh is marked `no-store`."""
    assert api.refresh(account.tokens).headers["Cache-Control"] == "no-store"


def test_the_new_pair_goes_on_with_the_session(api: Api, account: Account) -> None:
    """A refresh goes on with the session, and counts one up the generation of its token."""
    renewed = api.refresh(account.tokens).json()
    sessions = {claims_of(token)["sid"] for token in (*account.tokens.values(), *renewed.values())}
    assert len(sessions) == 1
    assert generation(renewed) == generation(account.tokens) + 1
    assert api.whoami(renewed).json()["email"] == account.email


def test_the_old_access_token_lives_on_after_a_refresh(api: Api, account: Account) -> None:
    """A request that is under way while the pair is refreshed does not fail."""
    api.refresh(account.tokens)
    assert api.whoami(account.tokens).is_success


def test_an_old_access_token_goes_with_the_new_refresh_token(api: Api, account: Account) -> None:
    """The halves of a pair need not be equally old, as long as they are of one session."""
    renewed = api.refresh(account.tokens).json()
    mixed = {**renewed, "access_token": account.tokens["access_token"]}
    assert api.refresh(mixed).is_success


def test_two_tabs_with_one_pair_both_stay_signed_in(api: Api, account: Account) -> None:
    """A pair that comes twice within seconds gives two of one generation, and both can go on."""
    one, other = (api.refresh(account.tokens).json() for _ in range(2))
    assert generation(other) == generation(one) == generation(account.tokens) + 1
    assert [api.refresh(tokens).is_success for tokens in (one, other)] == [True, True]


def test_a_replayed_ancestor_ends_its_session_alone(api: Api, account: Account) -> None:
    """A refresh token that was exchanged twice over was stolen by somebody: its session ends."""
    elsewhere = api.new_tokens(account.email, account.password)
    second = api.refresh(account.tokens).json()
    third = api.refresh(second).json()
    assert api.refresh(account.tokens).status_code == 401
    assert [api.whoami(tokens).status_code for tokens in (second, third)] == [401, 401]
    assert api.refresh(third).status_code == 401
    assert api.whoami(elsewhere).is_success


BAD_PAIRS: dict[str, Spoil] = {
    "swapped": lambda pair, _: dict(zip(pair, reversed(pair.values()), strict=True)),
    "access twice": lambda pair, _: dict.fromkeys(pair, pair["access_token"]),
    "refresh twice": lambda pair, _: dict.fromkeys(pair, pair["refresh_token"]),
    "bad access": lambda pair, _: {**pair, "access_token": "undefined"},
    "bad refresh": lambda pair, _: {**pair, "refresh_token": "undefined"},
    "forged access": lambda pair, _: {**pair, "access_token": forged(pair["access_token"])},
    "forged refresh": lambda pair, _: {**pair, "refresh_token": forged(pair["refresh_token"])},
    "foreign access": lambda pair, other: {**pair, "access_token": other["access_token"]},
    "foreign refresh": lambda pair, other: {**pair, "refresh_token": other["refresh_token"]},
}


@pytest.mark.parametrize("spoil", BAD_PAIRS.values(), ids=BAD_PAIRS.keys())
def test_a_pair_with_one_wrong_half_is_refused(
    api: Api, account: Account, reader: Account, spoil: Spoil
) -> None:
    """Both tokens have to be good, of the right kind, and of one session."""
    response = api.refresh(spoil(account.tokens, reader.tokens))
    challenge = response.headers["WWW-Authenticate"]
    assert response.status_code == 401
    assert (challenge.split()[0], 'error="invalid_token"' in challenge) == ("Bearer", True)


def test_a_refused_pair_is_not_used_up(api: Api, account: Account, reader: Account) -> None:
    """A refused refresh changes nothing: the good pair still works, as if it were the first."""
    for spoil in BAD_PAIRS.values():
        api.refresh(spoil(account.tokens, reader.tokens))
    renewed = api.refresh(account.tokens)
    assert renewed.is_success
    assert generation(renewed.json()) == generation(account.tokens) + 1


def test_all_refused_refreshes_look_the_same(api: Api, account: Account, reader: Account) -> None:
    """The response to a refused refresh does not tell what was wrong."""
    refused = [api.refresh(spoil(account.tokens, reader.tokens)) for spoil in BAD_PAIRS.values()]
    api.refresh(api.refresh(account.tokens).json())
    refused += [api.refresh(account.tokens) for _ in range(2)]
    assert {one.text for one in refused} == {refused[0].text}

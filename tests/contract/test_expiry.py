"""Expired tokens, and tokens signed with other keys."""

import time

import pytest

from tests.contract.client import Account, Api, Tokens
from tests.contract.tokens import claims_of, sign

pytestmark = pytest.mark.one_engine


def lifetimes(tokens: Tokens) -> list[int]:
    """Return the lifetimes of both tokens, in seconds."""
    claims = [claims_of(token) for token in tokens.values()]
    return [one["exp"] - one["iat"] for one in claims]


def test_an_expired_access_token_is_refused_and_can_be_refreshed(
    api: Api, account: Account, secret_key: str
) -> None:
    claims = {**claims_of(account.tokens["access_token"]), "exp": int(time.time()) - 60}
    expired = {**account.tokens, "access_token": sign(claims, secret_key)}
    response = api.whoami(expired)
    assert response.status_code == 401
    assert 'error="invalid_token"' in response.headers["WWW-Authenticate"]
    assert api.whoami(api.refresh(expired).json()).is_success


def test_tokens_last_as_long_as_promised(reader: Account, tuned_api: Api) -> None:
    assert lifetimes(reader.tokens) == [900, 7 * 24 * 3600]
    assert lifetimes(tuned_api.new_account().tokens) == [50, 60]


def test_an_older_key_verifies(tuned_api: Api, fallback_key: str) -> None:
    old = sign(claims_of(tuned_api.new_account().tokens["access_token"]), fallback_key)
    assert tuned_api.whoami({"access_token": old}).is_success

"""What time does to tokens and sessions."""

from __future__ import annotations

import time
from dataclasses import replace

import pytest

from tests.contract.client import Account, Api, Json, Tokens
from tests.contract.routes import ONE_PAGE, PUBLIC_READS, filled
from tests.contract.tokens import claims_of, sign

pytestmark = pytest.mark.one_engine


def expire(tokens: Tokens, half: str, key: str) -> Tokens:
    """Return the pair as if one of its tokens had been given out long ago."""
    claims = {**claims_of(tokens[half]), "exp": int(time.time()) - 60}
    return {**tokens, half: sign(claims, key)}


@pytest.fixture
def expired(reader: Account, secret_key: str) -> Account:
    """Somebody whose access token has expired, and whose refresh token has not."""
    return replace(reader, tokens=expire(reader.tokens, "access_token", secret_key))


@pytest.fixture(scope="module")
def early(tuned_api: Api) -> list[Tokens]:
    """A pair that was exchanged before time passed, and its successor."""
    exchanged = tuned_api.new_account().tokens
    pairs = [exchanged, tuned_api.refresh(exchanged).json()]
    # Servers count whole seconds, so the second in which the pair was exchanged has to end.
    time.sleep(1.1)
    return pairs


def test_an_expired_access_token_is_refused(api: Api, expired: Account) -> None:
    """An expired access token is refused with `invalid_token`."""
    response = api.whoami(expired.tokens)
    assert response.status_code == 401
    assert 'error="invalid_token"' in response.headers["WWW-Authenticate"]


def test_an_expired_token_can_be_refreshed(api: Api, account: Account, secret_key: str) -> None:
    """A pair with an expired access token is exchanged for a new one."""
    assert api.refresh(expire(account.tokens, "access_token", secret_key)).is_success


@pytest.mark.parametrize("path", PUBLIC_READS)
def test_public_paths_ignore_an_expired_token(
    api: Api, expired: Account, film: Json, path: str
) -> None:
    """With an expired token everybody can read what is public, as if they had sent none."""
    url = filled(path, film)
    response = api.get(url, params=ONE_PAGE, headers=expired.headers)
    assert (response.status_code, response.content) == (200, api.get(url, params=ONE_PAGE).content)


def test_an_expired_refresh_token_is_refused(api: Api, account: Account, secret_key: str) -> None:
    """A refresh token that has expired is refused, however good it was."""
    assert api.refresh(expire(account.tokens, "refresh_token", secret_key)).status_code == 401


def test_tokens_last_as_long_as_promised(reader: Account) -> None:
    """By default an access token lasts 15 minutes, a refresh token 7 days."""
    claims = [claims_of(token) for token in reader.tokens.values()]
    assert [one["exp"] - one["iat"] for one in claims] == [900, 7 * 24 * 3600]


def test_tokens_last_as_long_as_the_settings_say(early: list[Tokens]) -> None:
    """Settings change how long an access token lasts, and a session in all."""
    claims = [claims_of(token) for token in early[0].values()]
    assert [one["exp"] - one["iat"] for one in claims] == [50, 60]


def test_a_late_parent_ends_the_session(tuned_api: Api, early: list[Tokens]) -> None:
    """A refresh token that is shown again after the grace is refused, and ends its session."""
    assert [tuned_api.refresh(pair).status_code for pair in early] == [401, 401]


def test_an_older_key_verifies(tuned_api: Api, fallback_key: str) -> None:
    """Tokens of a key that was replaced stay good as long as the key is a fallback."""
    old = sign(claims_of(tuned_api.new_account().tokens["access_token"]), fallback_key)
    assert tuned_api.whoami({"access_token": old}).is_success


def test_an_older_key_does_not_sign(tuned_api: Api, secret_key: str, fallback_key: str) -> None:
    """New tokens are signed with the current key, whatever keys were before it."""
    for token in tuned_api.new_account().tokens.values():
        assert sign(claims_of(token), secret_key) == token
        assert sign(claims_of(token), fallback_key) != token

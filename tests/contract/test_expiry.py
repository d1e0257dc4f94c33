"""What time does to tokens and sessions.

The server has short lifetimes.
"""

from __future__ import annotations

import time
from typing import NamedTuple

import pytest

from tests.contract.client import Account, Api, Json, Tokens
from tests.contract.tokens import claims_of, sign

# Servers count whole seconds, so more than one more than the grace has to pass.
AFTER_THE_GRACE = 3.1


class Early(NamedTuple):
    """People who signed in before time passed: made together, so that it passes once for all."""

    expired: Account
    on_tuned: Account
    on_default: Account
    rotated: Account
    renewed: Tokens
    rotated_at: float


@pytest.fixture(scope="module")
def early(api: Api, tuned_api: Api) -> Early:
    rotated = tuned_api.new_account()
    people = Early(
        expired=tuned_api.new_account(),
        on_tuned=tuned_api.new_account(),
        on_default=api.new_account(),
        rotated=rotated,
        renewed=tuned_api.refresh(rotated.tokens).json(),
        rotated_at=time.monotonic(),
    )
    time.sleep(1.1)
    return people


@pytest.fixture
def expired(early: Early) -> Account:
    """Somebody whose access token has expired, and whose refresh token has not."""
    return early.expired


def test_an_expired_access_token_is_refused(tuned_api: Api, expired: Account) -> None:
    """An expired access token is refused with `invalid_token`."""
    response = tuned_api.whoami(expired.tokens)
    assert response.status_code == 401
    assert 'error="invalid_token"' in response.headers["WWW-Authenticate"]


def test_an_expired_access_token_can_be_refreshed(tuned_api: Api, expired: Account) -> None:
    """A pair with an expired access token is exchanged for a new one."""
    assert tuned_api.refresh(expired.tokens).is_success


@pytest.mark.parametrize("path", ["/movies/?page=1", "/genres/", "/directors/"])
def test_public_paths_ignore_an_expired_token(tuned_api: Api, expired: Account, path: str) -> None:
    """With an expired token everybody can read what is public."""
    response = tuned_api.get(path, headers=expired.headers)
    assert (response.status_code, response.json()) == (200, tuned_api.get(path).json())


def test_with_an_expired_token_nobody_likes_a_film(
    tuned_api: Api, expired: Account, film: Json
) -> None:
    """With an expired token a film does not say whether it is a favorite."""
    response = tuned_api.get(f"/movies/{film['id']}/", headers=expired.headers)
    assert (response.status_code, response.json()["is_favorite"]) == (200, None)


def test_an_expired_token_does_not_hinder_a_login(tuned_api: Api, expired: Account) -> None:
    """One can log in while the browser still sends an expired token."""
    response = tuned_api.post("/auth/login/", json=expired.credentials, headers=expired.headers)
    assert response.is_success


def test_an_expired_refresh_token_is_refused(api: Api, account: Account, secret_key: str) -> None:
    """A refresh token that has expired is refused, however good it was."""
    claims = claims_of(account.tokens["refresh_token"])
    late = sign({**claims, "exp": int(time.time()) - 1}, secret_key)
    assert api.refresh({**account.tokens, "refresh_token": late}).status_code == 401


def test_a_session_that_is_used_goes_on(api: Api, early: Early) -> None:
    """After a refresh the new refresh token lasts as long again as the first one did."""
    old = claims_of(early.on_default.tokens["refresh_token"])
    new = claims_of(api.refresh(early.on_default.tokens).json()["refresh_token"])
    assert new["exp"] - old["exp"] == new["iat"] - old["iat"] > 0


def test_no_refresh_prolongs_a_session_beyond_its_end(tuned_api: Api, early: Early) -> None:
    """A session ends at its time, however often it is refreshed."""
    old = claims_of(early.on_tuned.tokens["refresh_token"])
    new = claims_of(tuned_api.refresh(early.on_tuned.tokens).json()["refresh_token"])
    assert (new["exp"], new["iat"] > old["iat"]) == (old["exp"], True)


def test_the_grace_is_not_extended(tuned_api: Api) -> None:
    """The grace counts from the exchange, however often the old token is used within it."""
    newcomer = tuned_api.new_account()
    tuned_api.refresh(newcomer.tokens)
    time.sleep(1.5)
    assert tuned_api.refresh(newcomer.tokens).is_success
    time.sleep(AFTER_THE_GRACE - 1.5)
    assert tuned_api.refresh(newcomer.tokens).status_code == 401


def test_a_late_parent_ends_the_session(tuned_api: Api, early: Early) -> None:
    """A refresh token that is shown again after the grace is refused, and ends its session."""
    time.sleep(max(0, early.rotated_at + AFTER_THE_GRACE - time.monotonic()))
    assert tuned_api.refresh(early.rotated.tokens).status_code == 401
    assert tuned_api.refresh(early.renewed).status_code == 401


def test_an_older_key_still_verifies(tuned_api: Api, early: Early, fallback_key: str) -> None:
    """Tokens of a key that was replaced stay good as long as the key is a fallback."""
    claims = claims_of(early.expired.tokens["access_token"])
    old = sign({**claims, "exp": int(time.time()) + 60}, fallback_key)
    assert tuned_api.whoami({"access_token": old}).is_success


def test_an_older_key_does_not_sign(api: Api, tuned_api: Api) -> None:
    """New tokens are signed with the current key, which servers without the fallback know."""
    assert api.refresh(tuned_api.new_account().tokens).is_success

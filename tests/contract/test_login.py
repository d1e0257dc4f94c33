"""Signing in and out."""

from __future__ import annotations

import time

import pytest

from tests.contract.client import Account, Api, a_password, an_address, status_of
from tests.contract.tokens import claims_of

MAX_SESSIONS = 50


def test_logging_in_gives_two_tokens(api: Api, reader: Account) -> None:
    """Logging in gives an access token and a refresh token, and nothing else."""
    response = api.log_in(reader.email, reader.password)
    assert response.status_code == 200
    assert {name: type(value) for name, value in response.json().items()} == {
        "access_token": str,
        "refresh_token": str,
    }


def test_the_access_token_opens_the_own_account(api: Api, account: Account) -> None:
    """The access token shows the account of whoever logged in."""
    assert api.whoami(account.tokens).json()["email"] == account.email


def test_no_cache_keeps_the_tokens_of_a_login(api: Api, reader: Account) -> None:
    """The answer to a login is marked `no-store`."""
    response = api.log_in(reader.email, reader.password)
    assert response.headers["Cache-Control"] == "no-store"


def test_one_can_log_in_with_a_form(api: Api, reader: Account) -> None:
    """Login takes a form as well as JSON."""
    tokens = api.post("/auth/login/", data=reader.credentials).json()
    assert api.whoami(tokens).json()["email"] == reader.email


def test_the_case_of_the_address_does_not_matter(api: Api, reader: Account) -> None:
    """One may log in with the address in capitals."""
    assert api.log_in(reader.email.upper(), reader.password).is_success


def test_the_case_of_the_password_matters(api: Api, reader: Account) -> None:
    """A password in capitals is another password."""
    assert api.log_in(reader.email, reader.password.upper()).status_code == 401


def test_a_wrong_password_is_401(api: Api, reader: Account) -> None:
    """A wrong password is answered with 401."""
    assert api.log_in(reader.email, a_password()).status_code == 401


def test_an_unknown_address_looks_like_a_wrong_password(api: Api, reader: Account) -> None:
    """Nobody learns from a login whether an address has an account."""
    wrong_password = api.log_in(reader.email, a_password())
    unknown_address = api.log_in(an_address(), a_password())
    assert unknown_address.status_code == wrong_password.status_code
    assert unknown_address.content == wrong_password.content


def test_a_refused_login_asks_for_no_token(api: Api) -> None:
    """A refused login says `Bearer`, without an error: no token was sent."""
    challenge = api.log_in(an_address(), a_password()).headers["WWW-Authenticate"]
    assert (challenge.split()[0], "error" in challenge) == ("Bearer", False)


@pytest.mark.parametrize("missing", ["email", "password"])
def test_a_login_without_address_or_password_is_400(
    api: Api, reader: Account, missing: str
) -> None:
    """A login without an address or a password is incomplete, which is 400."""
    credentials = {k: v for k, v in reader.credentials.items() if k != missing}
    response = api.post("/auth/login/", json=credentials)
    assert status_of(response, faulty={missing}) == 400


def test_an_empty_password_is_400(api: Api, reader: Account) -> None:
    """An empty password is no password, which is 400."""
    response = api.log_in(reader.email, "")
    assert status_of(response, faulty={"password"}) == 400


@pytest.mark.parametrize(("kind", "more"), [("access_token", set()), ("refresh_token", {"gen"})])
def test_a_token_says_no_more_than_it_must(
    api: Api, reader: Account, kind: str, more: set[str]
) -> None:
    """A token holds ids and times, and nothing about the person."""
    claims = claims_of(reader.tokens[kind])
    assert set(claims) == {"iss", "aud", "sub", "sid", "iat", "exp", "jti"} | more


@pytest.mark.parametrize("kind", ["access", "refresh"])
def test_a_token_names_its_purpose_and_its_owner(api: Api, reader: Account, kind: str) -> None:
    """A token says what it is for, and whose it is by the decimal id in a string."""
    claims = claims_of(reader.tokens[f"{kind}_token"])
    user_id = api.whoami(reader.tokens).json()["id"]
    assert (claims["aud"], claims["sub"]) == (kind, str(user_id))


@pytest.mark.usefixtures("own_server")
@pytest.mark.parametrize(
    ("kind", "seconds"), [("access_token", 900), ("refresh_token", 7 * 24 * 3600)]
)
def test_tokens_last_as_long_as_promised(reader: Account, kind: str, seconds: int) -> None:
    """By default an access token lasts 15 minutes, a refresh token 7 days."""
    claims = claims_of(reader.tokens[kind])
    assert claims["exp"] - claims["iat"] == seconds


def test_logging_out_answers_without_a_body(api: Api, account: Account) -> None:
    """Logging out answers 204."""
    response = api.delete("/auth/login/", headers=account.headers)
    assert (response.status_code, response.content) == (204, b"")


def test_logging_out_ends_the_access_token(api: Api, account: Account) -> None:
    """After logging out the access token is worth nothing, at once."""
    api.delete("/auth/login/", headers=account.headers)
    assert api.whoami(account.tokens).status_code == 401


def test_logging_out_ends_the_refresh_token(api: Api, account: Account) -> None:
    """After logging out the refresh token is worth nothing."""
    api.delete("/auth/login/", headers=account.headers)
    assert api.refresh(account.tokens).status_code == 401


def test_logging_out_leaves_other_sessions(api: Api, account: Account) -> None:
    """Logging out of one device leaves the others signed in."""
    elsewhere = api.new_tokens(account.email, account.password)
    api.delete("/auth/login/", headers=account.headers)
    assert api.whoami(elsewhere).is_success


def test_one_cannot_log_out_twice(api: Api, account: Account) -> None:
    """Who has logged out is nobody, and cannot log out again."""
    api.delete("/auth/login/", headers=account.headers)
    assert api.delete("/auth/login/", headers=account.headers).status_code == 401


def test_the_oldest_of_too_many_sessions_ends(api: Api, account: Account) -> None:
    """An account has at most 50 sessions: the next login ends the oldest, and only that."""
    # Sessions know the second in which they began, and the first of them has to be the oldest.
    time.sleep(1)
    later = [api.new_tokens(account.email, account.password) for _ in range(MAX_SESSIONS)]
    statuses = [api.whoami(tokens).status_code for tokens in (account.tokens, *later)]
    assert statuses == [401] + [200] * MAX_SESSIONS

"""Changing the password."""

from __future__ import annotations

import pytest

from tests.contract.client import Account, Api, a_password, status_of


def test_a_changed_password_is_204_without_a_body(api: Api, account: Account) -> None:
    """Changing the password is 204 without a body."""
    response = api.change_password(account, account.password, a_password())
    assert (response.status_code, response.content) == (204, b"")


def test_the_current_session_survives(api: Api, account: Account) -> None:
    """After a change of the password the current session goes on."""
    api.change_password(account, account.password, a_password())
    assert api.whoami(account.tokens).is_success
    assert api.refresh(account.tokens).is_success


def test_all_other_sessions_end(api: Api, account: Account) -> None:
    """Changing the password signs out all other devices, at once."""
    elsewhere = api.new_tokens(account.email, account.password)
    api.change_password(account, account.password, a_password())
    assert api.whoami(elsewhere).status_code == 401
    assert api.refresh(elsewhere).status_code == 401


def test_the_old_password_opens_no_more(api: Api, account: Account) -> None:
    """After the change the old password is a wrong one."""
    api.change_password(account, account.password, a_password())
    assert api.log_in(account.email, account.password).status_code == 401


@pytest.mark.parametrize("new", ["", "x" * 7, "й" * 129])
def test_a_new_password_obeys_the_same_rules(api: Api, reader: Account, new: str) -> None:
    """A new password has 8 to 128 characters, like the first one."""
    response = api.change_password(reader, reader.password, new)
    assert status_of(response, faulty={"new_password"}) == 400


@pytest.mark.parametrize("old", ["", a_password()], ids=["empty", "wrong"])
def test_a_wrong_old_password_is_400(api: Api, reader: Account, old: str) -> None:
    """A wrong old password is 400, for the token is good."""
    response = api.change_password(reader, old, a_password())
    assert status_of(response, faulty={"old_password"}) == 400


def test_a_wrong_old_password_does_not_look_like_a_bad_token(api: Api, reader: Account) -> None:
    """A wrong old password is not challenged, which would sign the user out."""
    response = api.change_password(reader, a_password(), a_password())
    assert "WWW-Authenticate" not in response.headers

"""Changing the password."""

from __future__ import annotations

import httpx
import pytest

from tests.contract.client import Account, Api, a_password, status_of


def change(api: Api, account: Account, old: str, new: str) -> httpx.Response:
    body = {"old_password": old, "new_password": new}
    return api.put("/user/password/", json=body, headers=account.headers)


def test_a_changed_password_answers_without_a_body(api: Api, account: Account) -> None:
    """Changing the password answers 204."""
    response = change(api, account, account.password, a_password())
    assert (response.status_code, response.content) == (204, b"")


def test_the_new_password_opens(api: Api, account: Account) -> None:
    """After the change one logs in with the new password."""
    new = a_password()
    change(api, account, account.password, new)
    assert api.log_in(account.email, new).is_success


def test_the_old_password_opens_no_more(api: Api, account: Account) -> None:
    """After the change the old password is a wrong one."""
    change(api, account, account.password, a_password())
    assert api.log_in(account.email, account.password).status_code == 401


def test_the_current_session_survives(api: Api, account: Account) -> None:
    """Who changes the password stays signed in where they are."""
    change(api, account, account.password, a_password())
    assert api.whoami(account.tokens).is_success
    assert api.refresh(account.tokens).is_success


def test_all_other_sessions_end(api: Api, account: Account) -> None:
    """Changing the password signs out all other devices, at once."""
    elsewhere = api.new_tokens(account.email, account.password)
    change(api, account, account.password, a_password())
    assert api.whoami(elsewhere).status_code == 401
    assert api.refresh(elsewhere).status_code == 401


def test_a_wrong_old_password_is_400(api: Api, account: Account) -> None:
    """A wrong old password is 400, for the token is good."""
    response = change(api, account, a_password(), a_password())
    assert status_of(response, faulty={"old_password"}) == 400


def test_a_wrong_old_password_changes_nothing(api: Api, account: Account) -> None:
    """Without the old password no new one is set."""
    new = a_password()
    change(api, account, a_password(), new)
    assert api.log_in(account.email, account.password).is_success
    assert api.log_in(account.email, new).status_code == 401


@pytest.mark.parametrize("new", ["", "x" * 7, "й" * 129])
def test_a_new_password_obeys_the_rules_of_registration(
    api: Api, reader: Account, new: str
) -> None:
    """A new password has 8 to 128 characters, like the first one."""
    response = change(api, reader, reader.password, new)
    assert status_of(response, faulty={"new_password"}) == 400


def test_an_empty_old_password_is_400(api: Api, reader: Account) -> None:
    """An empty old password is no password, which is 400."""
    response = change(api, reader, "", a_password())
    assert status_of(response, faulty={"old_password"}) == 400


def test_the_change_needs_both_passwords(api: Api, reader: Account) -> None:
    """Both the old and the new password are needed, and both are named when missing."""
    response = api.put("/user/password/", json={}, headers=reader.headers)
    assert status_of(response, faulty={"old_password", "new_password"}) == 400

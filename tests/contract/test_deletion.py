"""Deleting one's account."""

from __future__ import annotations

import httpx

from tests.contract.client import Account, Api, Json, a_password, status_of


def delete(api: Api, account: Account, password: str) -> httpx.Response:
    return api.request("DELETE", "/user/", json={"password": password}, headers=account.headers)


def test_a_deleted_account_answers_without_a_body(api: Api, account: Account) -> None:
    """Deleting the account answers 204."""
    response = delete(api, account, account.password)
    assert (response.status_code, response.content) == (204, b"")


def test_deletion_ends_all_sessions(api: Api, account: Account) -> None:
    """With the account all of its sessions end, at once."""
    elsewhere = api.new_tokens(account.email, account.password)
    delete(api, account, account.password)
    pairs = (account.tokens, elsewhere)
    assert [api.whoami(pair).status_code for pair in pairs] == [401, 401]
    assert [api.refresh(pair).status_code for pair in pairs] == [401, 401]


def test_a_deleted_account_cannot_log_in(api: Api, account: Account) -> None:
    """Nobody logs in to an account that is gone."""
    delete(api, account, account.password)
    assert api.log_in(account.email, account.password).status_code == 401


def test_a_freed_address_can_be_registered_anew(api: Api, account: Account) -> None:
    """After the deletion the address is free."""
    delete(api, account, account.password)
    assert api.register(account.email, a_password()).is_success


def test_a_successor_inherits_nothing(api: Api, account: Account, film: Json) -> None:
    """Who registers the address again gets a new, empty account."""
    api.patch("/user/", json={"name": "Анна"}, headers=account.headers)
    api.post(f"/favorites/movies/{film['id']}/", headers=account.headers)
    delete(api, account, account.password)
    password = a_password()
    api.register(account.email, password)
    successor = Account(account.email, password, api.new_tokens(account.email, password))
    assert api.whoami(successor.tokens).json()["name"] is None
    assert api.get("/favorites/movies/", headers=successor.headers).json() == []


def test_tokens_of_the_deleted_do_not_open_the_successors_account(
    api: Api, account: Account
) -> None:
    """The tokens of a deleted account stay dead when its address is registered again."""
    delete(api, account, account.password)
    api.register(account.email, a_password())
    assert api.whoami(account.tokens).status_code == 401


def test_a_wrong_password_deletes_nothing(api: Api, account: Account) -> None:
    """Without the right password the account stays: 400, for the token is good."""
    response = delete(api, account, a_password())
    assert status_of(response, faulty={"password"}) == 400
    assert api.whoami(account.tokens).is_success


def test_deletion_needs_the_password(api: Api, account: Account) -> None:
    """Deleting an account takes its password."""
    response = api.request("DELETE", "/user/", json={}, headers=account.headers)
    assert status_of(response, faulty={"password"}) == 400

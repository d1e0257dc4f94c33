"""Deleting an account."""

from dataclasses import replace

from tests.contract.client import Account, Api, Json


def test_deletion_ends_all_sessions(api: Api, account: Account) -> None:
    elsewhere = api.new_tokens(account.email, account.password)
    response = api.delete_account(account, account.password)
    assert (response.status_code, response.content) == (204, b"")
    assert api.log_in(account.email, account.password).status_code == 401
    pairs = (account.tokens, elsewhere)
    assert [api.whoami(pair).status_code for pair in pairs] == [401, 401]
    assert [api.refresh(pair).status_code for pair in pairs] == [401, 401]


def test_a_successor_inherits_nothing(api: Api, account: Account, film: Json) -> None:
    api.patch("/user/", json={"name": "Анна"}, headers=account.headers)
    api.like(account, film)
    api.delete_account(account, account.password)
    assert api.register(account.email, account.password).is_success
    successor = replace(account, tokens=api.new_tokens(account.email, account.password))
    assert api.whoami(successor.tokens).json()["name"] is None
    assert api.get("/favorites/movies/", headers=successor.headers).json() == []
    assert api.whoami(account.tokens).status_code == 401

"""Changing the password."""

import pytest

from tests.contract.client import Account, Api, a_password, status_of


def test_the_current_session_survives_alone(api: Api, account: Account) -> None:
    elsewhere = api.new_tokens(account.email, account.password)
    api.change_password(account, account.password, a_password())
    pairs = (account.tokens, elsewhere)
    assert [api.whoami(pair).status_code for pair in pairs] == [200, 401]
    assert [api.refresh(pair).status_code for pair in pairs] == [200, 401]


@pytest.mark.parametrize("new", ["", "x" * 7, "й" * 129])
def test_a_new_password_obeys_the_same_rules(api: Api, reader: Account, new: str) -> None:
    response = api.change_password(reader, reader.password, new)
    assert status_of(response, faulty={"new_password"}) == 400


@pytest.mark.parametrize("old", ["", a_password()], ids=["empty", "wrong"])
def test_a_wrong_old_password_is_400(api: Api, reader: Account, old: str) -> None:
    """The token is valid. A 401 with a challenge would make clients sign the user out."""
    response = api.change_password(reader, old, a_password())
    assert status_of(response, faulty={"old_password"}) == 400
    assert "WWW-Authenticate" not in response.headers

"""Rate limits on login and registration."""

from collections.abc import Callable
from functools import partial

import httpx
import pytest

from tests.contract.client import Account, Api, a_password, an_email

pytestmark = pytest.mark.one_engine


@pytest.fixture
def home(tuned_api: Api) -> Api:
    """A client at the user's usual IP address."""
    return tuned_api.elsewhere()


@pytest.fixture
def account(home: Api) -> Account:
    """A new account that logged in from `home`."""
    return home.new_account()


@pytest.mark.parametrize(
    ("attempt", "allowed", "status", "seconds"),
    [
        (lambda api, email: api.guess(email), 3, 401, 300),
        (lambda api, _: api.guess(an_email()), 6, 401, 900),
        (lambda api, email: api.elsewhere().guess(email), 6, 401, 24 * 3600),
        (lambda api, _: api.register(an_email(), a_password()), 4, 201, 60),
    ],
    ids=["one account", "many accounts", "from many places", "registrations"],
)
def test_one_attempt_too_many_is_429(
    tuned_api: Api,
    attempt: Callable[[Api, str], httpx.Response],
    allowed: int,
    status: int,
    seconds: int,
) -> None:
    guesser, email = tuned_api.elsewhere(), an_email()
    responses = [attempt(guesser, email) for _ in range(allowed + 1)]
    assert [one.status_code for one in responses] == [status] * allowed + [429]
    assert 1 <= int(responses[-1].headers["Retry-After"]) <= seconds


def test_a_signed_in_client_cannot_be_locked_out(home: Api, account: Account) -> None:
    *_, refused = [home.elsewhere().guess(account.email) for _ in range(7)]
    responses = [home.guess(account.email), home.log_in(account.email, account.password)]
    assert [one.status_code for one in (refused, *responses)] == [429, 401, 200]


def test_a_stolen_session_is_no_way_to_guess(home: Api, account: Account) -> None:
    guesser = home.elsewhere()
    change = partial(guesser.change_password, account, new=a_password())
    tried = [change(old="a wrong one") for _ in range(2)]
    tried.append(guesser.delete_account(account, "a wrong one"))
    refused = change(old=account.password), guesser.delete_account(account, account.password)
    assert [one.status_code for one in (*tried, *refused)] == [400] * 3 + [429] * 2
    assert home.log_in(account.email, account.password).status_code == 200

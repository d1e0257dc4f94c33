"""Requests at the same time."""

from collections.abc import Callable, Iterable
from functools import partial

import httpx

from tests.contract.client import Account, Api, a_password
from tests.contract.threads import at_once
from tests.contract.tokens import claims_of

Call = Callable[[], httpx.Response]


def statuses(responses: Iterable[httpx.Response]) -> list[int]:
    return sorted(response.status_code for response in responses)


def failures(responses: Iterable[httpx.Response]) -> list[int]:
    return [status for status in statuses(responses) if not httpx.codes.is_success(status)]


def one_after_another(call: Call) -> Callable[[], list[httpx.Response]]:
    """Make a call that keeps a race going for as long as the slower side of it takes."""
    return lambda: [call() for _ in range(4)]


def test_a_pair_refreshed_often_at_once_is_rotated_once(api: Api, account: Account) -> None:
    responses = at_once([partial(api.refresh, account.tokens)] * 20)
    assert failures(responses) == []
    pairs = [response.json() for response in responses]
    generations = {claims_of(pair["refresh_token"])["gen"] for pair in pairs}
    assert generations == {claims_of(account.tokens["refresh_token"])["gen"] + 1}
    assert failures(at_once([partial(api.refresh, pair) for pair in pairs])) == []


def test_no_login_with_the_old_password_survives_its_change(api: Api, account: Account) -> None:
    change = partial(api.change_password, account, account.password, a_password())
    log_in = one_after_another(partial(api.log_in, account.email, account.password))
    [changed], *logins = at_once([lambda: [change()], *[log_in] * 8])
    assert changed.is_success
    responses = [response for several in logins for response in several]
    assert set(failures(responses)) <= {401}
    pairs = [response.json() for response in responses if response.is_success]
    assert [api.whoami(pair).status_code for pair in pairs] == [401] * len(pairs)
    assert api.whoami(account.tokens).is_success

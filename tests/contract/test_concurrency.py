"""Requests at the same time."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
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
    """Twenty refreshes of one pair at once all succeed, in one new generation, and all go on."""
    responses = at_once([partial(api.refresh, account.tokens)] * 20)
    assert failures(responses) == []
    pairs = [response.json() for response in responses]
    generations = {claims_of(pair["refresh_token"])["gen"] for pair in pairs}
    assert generations == {claims_of(account.tokens["refresh_token"])["gen"] + 1}
    assert failures(at_once([partial(api.refresh, pair) for pair in pairs])) == []


def test_no_refresh_survives_a_logout(api: Api, account: Account) -> None:
    """Refreshes that race a logout win nothing: afterwards no token of the session is good."""
    calls: list[Call] = [partial(api.log_out, account)]
    calls += [partial(api.refresh, account.tokens)] * 19
    logout, *refreshes = at_once(calls)
    assert logout.is_success
    assert set(failures(refreshes)) <= {401}
    pairs = [account.tokens, *(response.json() for response in refreshes if response.is_success)]
    assert [api.whoami(pair).status_code for pair in pairs] == [401] * len(pairs)
    assert [api.refresh(pair).status_code for pair in pairs] == [401] * len(pairs)


def test_no_login_with_the_old_password_survives_its_change(api: Api, account: Account) -> None:
    """Of logins with the old password that race its change no session is left, but the caller's."""
    change = partial(api.change_password, account, account.password, a_password())
    log_in = one_after_another(partial(api.log_in, account.email, account.password))
    [changed], *logins = at_once([lambda: [change()], *[log_in] * 8])
    assert changed.is_success
    responses = [response for several in logins for response in several]
    assert set(failures(responses)) <= {401}
    pairs = [response.json() for response in responses if response.is_success]
    assert [api.whoami(pair).status_code for pair in pairs] == [401] * len(pairs)
    assert api.whoami(account.tokens).is_success


def test_of_password_changes_at_once_one_succeeds(api: Api, account: Account) -> None:
    """Of devices that change the password at once one succeeds, and its password is the new one."""
    devices = [
        replace(account, tokens=api.new_tokens(account.email, account.password)) for _ in range(5)
    ]
    passwords = [a_password() for _ in devices]
    change = partial(api.change_password, old=account.password)
    responses = at_once(
        [partial(change, one, new=new) for one, new in zip(devices, passwords, strict=True)]
    )
    changed = [response.is_success for response in responses]
    works = [api.log_in(account.email, new).is_success for new in passwords]
    assert (sum(changed), works) == (1, changed)


def test_requests_that_race_a_deletion_are_401(api: Api, account: Account, genre_id: int) -> None:
    """Whatever happens while an account is deleted either succeeds or is 401."""
    changes = {"name": "Анна", "favorite_genre": genre_id}
    calls: list[Call] = [
        partial(api.patch, "/user/", json=changes, headers=account.headers),
        partial(api.get, "/user/", headers=account.headers),
        partial(api.get, "/favorites/movies/", headers=account.headers),
        partial(api.refresh, account.tokens),
        partial(api.log_in, account.email, account.password),
    ]
    delete = partial(api.delete_account, account, account.password)
    [deleted], *others = at_once([lambda: [delete()], *map(one_after_another, calls * 2)])
    responses = [response for several in others for response in several]
    assert deleted.is_success
    assert set(failures(responses)) <= {401}
    assert api.whoami(account.tokens).status_code == 401

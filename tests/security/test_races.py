"""Requests at one moment, over several processes."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

import httpx

from tests.contract.client import Account, Api, Tokens, a_password, an_address
from tests.contract.threads import at_once
from tests.contract.tokens import claims_of
from tests.security.client import Call, Visitor, logins, statuses


def assert_worthless(api: Api, pairs: Sequence[Tokens]) -> None:
    """Neither an access token opens anything, nor is a refresh token exchanged."""
    assert [api.whoami(pair).status_code for pair in pairs] == [401] * len(pairs)
    assert [api.refresh(pair).status_code for pair in pairs] == [401] * len(pairs)


def test_of_50_registrations_of_one_address_one_succeeds(api: Api) -> None:
    """One address is one account, however it is spelled and however many want it at once."""
    address = an_address()
    spellings = [address, address.upper(), address.title(), address.swapcase(), address] * 10
    answers = at_once([partial(Visitor(api).register, name, a_password()) for name in spellings])
    assert statuses(answers) == {201: 1, 409: 49}


def test_no_refresh_outlives_a_logout(api: Api, account: Account) -> None:
    """Twenty times a logout races two refreshes: no token that was or became theirs is good."""
    sessions = [answer.json() for answer in at_once(logins(api, account, 20))]
    for tokens in sessions:
        refresh = partial(api.refresh, tokens)
        logout, *refreshes = at_once([partial(Visitor(api).log_out, tokens), refresh, refresh])
        assert logout.status_code == 204
        renewed = [answer.json() for answer in refreshes if answer.is_success]
        assert_worthless(api, [tokens, *renewed])


def test_no_login_with_the_old_password_outlives_its_change(api: Api, account: Account) -> None:
    """Logins race a password change: the caller's session is the only one afterwards."""
    new = a_password()
    change = partial(Visitor(api).change_password, account.tokens, account.password, new)
    # Twice each, so that the race goes on for as long as the change takes.
    twice = [partial(in_turn, logins(api, account, 2)) for _ in range(20)]
    [changed], *others = at_once([partial(in_turn, [change]), *twice])
    answers = [answer for two in others for answer in two]
    assert changed.status_code == 204
    assert set(statuses(answers)) <= {200, 401}
    assert_worthless(api, [answer.json() for answer in answers if answer.is_success])
    assert api.whoami(account.tokens).status_code == 200


def in_turn(calls: Sequence[Call]) -> list[httpx.Response]:
    return [call() for call in calls]


def test_twenty_refreshes_of_one_pair_rotate_it_once(api: Api, account: Account) -> None:
    """Tabs that refresh at one moment all get a pair, of one and the same generation."""
    answers = at_once([partial(api.refresh, account.tokens)] * 20)
    assert statuses(answers) == {200: 20}
    generations = [claims_of(answer.json()["refresh_token"])["gen"] for answer in answers]
    before = claims_of(account.tokens["refresh_token"])["gen"]
    assert generations == [before + 1] * 20

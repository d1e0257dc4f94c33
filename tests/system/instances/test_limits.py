"""Attempts are counted for all instances together."""

from __future__ import annotations

from functools import partial

from tests.contract.client import Account, Api, an_address
from tests.contract.threads import at_once
from tests.security.client import Visitor, an_ip, statuses


def test_guesses_count_wherever_they_are_made(one: Api, other: Api) -> None:
    """Ten tries in five minutes, half of them here and half there, and not one more."""
    email, ip = an_address(), an_ip()
    visitors = [Visitor(one, ip), Visitor(other, ip)]
    answers = [visitors[number % 2].guess(email) for number in range(12)]
    assert [answer.status_code for answer in answers] == [401] * 10 + [429] * 2


def test_guesses_at_one_moment_count_at_both(one: Api, other: Api) -> None:
    email, ip = an_address(), an_ip()
    calls = [partial(Visitor(api, ip).guess, email) for api in (one, other)] * 10
    assert statuses(at_once(calls)) == {401: 10, 429: 10}


def test_who_remembers_the_password_is_forgiven_at_both(
    one: Api, other: Api, account: Account
) -> None:
    ip = an_ip()
    guesses = [Visitor(one, ip).guess(account.email) for _ in range(9)]
    assert Visitor(other, ip).log_in(account.email, account.password).status_code == 200
    guesses += [Visitor(one, ip).guess(account.email) for _ in range(9)]
    assert statuses(guesses) == {401: 18}

"""Guessing over many accounts or from many places, and making accounts."""

from __future__ import annotations

import time
from functools import partial

import httpx
import pytest

from tests.contract.client import Account, Api, a_password, an_address
from tests.contract.threads import at_once
from tests.security.client import Call, Visitor, soon, statuses


@pytest.fixture(scope="module")
def owner(api: Api) -> Visitor:
    return Visitor(api)


@pytest.fixture(scope="module")
def besieged(owner: Visitor) -> Account:
    """Somebody, signed in at one place, whose password was guessed at from a hundred others."""
    account = owner.new_account()
    places = [Visitor(owner.api) for _ in range(100)]
    answers = soon([partial(place.guess, account.email) for place in places])
    # The first login of the account has counted too.
    assert statuses(answers) == {401: 99, 429: 1}
    return account


def test_an_address_tried_from_everywhere_is_throttled(guesser: Visitor, besieged: Account) -> None:
    """After 100 tries from many places even the right password from another one is refused."""
    refused = guesser.log_in(besieged.email, besieged.password)
    assert refused.status_code == 429
    assert 1 <= int(refused.headers["Retry-After"]) <= 24 * 60 * 60


def test_nobody_can_be_locked_out_where_they_are_signed_in(
    owner: Visitor, besieged: Account
) -> None:
    """Where its owner is signed in, an address is not limited by what others try elsewhere."""
    answers = [owner.guess(besieged.email), owner.log_in(besieged.email, besieged.password)]
    assert [answer.status_code for answer in answers] == [401, 200]


def test_one_place_may_not_try_many_addresses(guesser: Visitor, account: Account) -> None:
    """One place has 100 tries, whatever the addresses, and other places still have theirs."""
    answers = soon([partial(guesser.guess, an_address()) for _ in range(100)])
    assert statuses(answers) == {401: 100}

    refused = guesser.log_in(account.email, account.password)
    assert refused.status_code == 429
    assert 1 <= int(refused.headers["Retry-After"]) <= 15 * 60
    elsewhere = Visitor(guesser.api)
    assert elsewhere.log_in(account.email, account.password).status_code == 200


def test_the_11th_registration_in_a_minute_is_refused(guesser: Visitor) -> None:
    """One place makes ten accounts a minute, and other places still make theirs."""
    answers = at_once([partial(guesser.register, an_address(), a_password()) for _ in range(11)])
    assert statuses(answers) == {201: 10, 429: 1}

    [refused] = [answer for answer in answers if answer.status_code == 429]
    assert 1 <= int(refused.headers["Retry-After"]) <= 60
    elsewhere = Visitor(guesser.api)
    assert elsewhere.register(an_address(), a_password()).status_code == 201


def test_who_waits_as_long_as_told_may_try_again(impatient: Api) -> None:
    """Each limit is over when `Retry-After` says so, even for those who cannot wait."""
    place, email = Visitor(impatient), an_address()
    tries: list[Call] = [
        partial(Visitor(impatient).guess, an_address()),
        lambda: place.guess(an_address()),
        lambda: Visitor(impatient).guess(email),
        lambda: place.register(an_address(), a_password()),
    ]
    refused = at_once([partial(use_up, attempt) for attempt in tries])
    assert statuses(refused) == {429: 4}
    until = time.monotonic() + max(int(answer.headers["Retry-After"]) for answer in refused)
    time.sleep(1)
    for attempt in tries:
        attempt()
    time.sleep(max(0, until - time.monotonic()))
    assert [attempt().status_code for attempt in tries] == [401, 401, 401, 201]


def use_up(attempt: Call) -> httpx.Response:
    """Try until it is refused, which is soon, and return the refusal."""
    answers = (attempt() for _ in range(10))
    return next(answer for answer in answers if answer.status_code == 429)

"""Guessing the password of one account from one place."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import partial
from statistics import median

import httpx
import pytest

from tests.contract.client import Account, Api, a_password, an_address
from tests.contract.threads import at_once
from tests.security.client import Visitor, an_ip, guesses, soon, statuses
from tests.security.conftest import DEFAULT_LIMITS, Start


@pytest.fixture
def throttled(guesser: Visitor, account: Account) -> Visitor:
    """Somebody who has guessed the account's password as often as one may."""
    assert statuses(guesses(guesser, account.email, 10)) == {401: 10}
    return guesser


def test_of_100_guesses_at_once_ten_are_evaluated(api: Api, account: Account) -> None:
    """However many processes there are and however many guesses come at once, ten count."""
    tries = (statuses(guesses(Visitor(api), account.email, 100)) for _ in range(3))
    # A machine that is too busy leaves some with 503; what counts is a try that it keeps up with.
    assert next(counted for counted in tries if not counted[503]) == {401: 10, 429: 90}


def test_a_refused_guess_says_how_long_to_wait(throttled: Visitor, account: Account) -> None:
    refused = throttled.guess(account.email)
    assert refused.status_code == 429
    assert 1 <= int(refused.headers["Retry-After"]) <= 300


def test_the_right_password_is_refused_too(throttled: Visitor, account: Account) -> None:
    """Who has guessed too often does not learn that the next guess was the right one."""
    wrong, right = throttled.guess(account.email), throttled.log_in(*account.credentials.values())
    assert (wrong.status_code, right.status_code) == (429, 429)
    # The seconds that are left may differ.
    assert re.sub("[0-9]+", "", wrong.text) == re.sub("[0-9]+", "", right.text)


def test_a_refused_guess_is_not_hashed(guesser: Visitor, account: Account) -> None:
    """Guessing costs the server nothing any more once it is throttled."""
    seconds = [guesser.guess(account.email).elapsed.total_seconds() for _ in range(20)]
    assert median(seconds[10:]) < median(seconds[:10]) / 2


def test_who_hammers_locks_nobody_else_out(guesser: Visitor, account: Account) -> None:
    """Refused guesses do not count for the address: 100 of them, and its owner may log in."""
    soon([partial(guesser.guess, account.email)] * 110)
    elsewhere = Visitor(guesser.api)
    assert elsewhere.log_in(account.email, account.password).status_code == 200


def test_who_is_signed_in_stays_so(throttled: Visitor, account: Account) -> None:
    """A throttled place changes nothing for the sessions that are there, even from that place."""
    refreshed = throttled.refresh(account.tokens)
    assert refreshed.status_code == 200
    assert throttled.send("GET", "/user/", refreshed.json()).status_code == 200


def test_what_a_client_adds_before_the_proxy_does_not_count(
    throttled: Visitor, account: Account
) -> None:
    """Behind one proxy the last address of `X-Forwarded-For` is the client's."""
    disguised = Visitor(throttled.api, f"{an_ip()}, {throttled.ip}")
    assert disguised.guess(account.email).status_code == 429


def test_without_a_proxy_nobody_can_forge_an_address(renewed: Api) -> None:
    """Where no proxy is trusted `X-Forwarded-For` is not read."""
    email = an_address()
    answers = at_once([partial(Visitor(renewed).guess, email) for _ in range(20)])
    assert statuses(answers) == {401: 10, 429: 10}


def test_a_restart_forgets_nothing(api: Api, start: Start) -> None:
    email, ip = an_address(), an_ip()
    guesses(Visitor(api, ip), email, 10)
    with start(TRUSTED_PROXIES="1", **DEFAULT_LIMITS) as server, Api(server.url) as restarted:
        assert Visitor(restarted, ip).guess(email).status_code == 429


def log_in(visitor: Visitor, account: Account) -> httpx.Response:
    return visitor.log_in(account.email, account.password)


def change_password(visitor: Visitor, account: Account) -> httpx.Response:
    return visitor.change_password(account.tokens, account.password, a_password())


@pytest.mark.parametrize("succeed", [log_in, change_password])
def test_the_right_password_begins_the_count_anew(
    guesser: Visitor, account: Account, succeed: Callable[[Visitor, Account], httpx.Response]
) -> None:
    guesses(guesser, account.email, 9)
    assert succeed(guesser, account).is_success
    assert statuses(guesses(guesser, account.email, 11)) == {401: 10, 429: 1}


@pytest.fixture
def thief(guesser: Visitor, account: Account) -> Visitor:
    """Somebody with a stolen session, who has guessed the password wherever it is asked for."""
    wrong = a_password()
    changes = [partial(guesser.change_password, account.tokens, wrong, a_password())] * 5
    deletions = [partial(guesser.delete_account, account.tokens, wrong)] * 5
    assert statuses(at_once([*changes, *deletions])) == {400: 10}
    return guesser


def test_a_stolen_session_is_no_other_way_to_guess(thief: Visitor, account: Account) -> None:
    """What a password change and a deletion verify counts on the limit of the login."""
    answers = [
        thief.log_in(account.email, account.password),
        thief.change_password(account.tokens, account.password, a_password()),
        thief.delete_account(account.tokens, account.password),
    ]
    assert statuses(answers) == {429: 3}
    assert all(1 <= int(answer.headers["Retry-After"]) <= 300 for answer in answers)


def test_what_is_refused_is_not_done(thief: Visitor, home: Visitor, account: Account) -> None:
    """A change and a deletion that were refused have left the account as it was."""
    thief.change_password(account.tokens, account.password, a_password())
    thief.delete_account(account.tokens, account.password)
    assert home.log_in(account.email, account.password).status_code == 200

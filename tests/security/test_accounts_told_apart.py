"""Nobody learns from a login whether an address has an account."""

from __future__ import annotations

from statistics import median

import httpx

from tests.contract.client import Account, Api, an_address
from tests.security.client import Visitor, guesses, statuses

_CHANGING = ("date", "x-request-id")


def test_an_unknown_address_looks_like_a_wrong_password(guesser: Visitor, account: Account) -> None:
    """Status, body, names and values of the headers: nothing tells the two apart."""
    wrong_password, unknown_address = map(guesser.guess, [account.email, an_address()])
    assert visible(wrong_password) == visible(unknown_address)


def visible(answer: httpx.Response) -> tuple[int, bytes, list[tuple[str, str]]]:
    """Return what a client sees, but for what differs with each request."""
    headers = [(name, value) for name, value in answer.headers.items() if name not in _CHANGING]
    return answer.status_code, answer.content, headers


def test_an_unknown_address_takes_as_long_as_a_wrong_password(api: Api, account: Account) -> None:
    """The medians of the times differ by at most a fifth."""
    # A machine that is busy may need another try; a true difference would be there each time.
    assert any(takes_the_same_time(api, account) for _ in range(3))


def takes_the_same_time(api: Api, account: Account) -> bool:
    def seconds(email: str) -> float:
        return Visitor(api).guess(email).elapsed.total_seconds()

    pairs = [(seconds(account.email), seconds(an_address())) for _ in range(30)]
    known = median(of_known for of_known, _ in pairs)
    unknown = median(of_unknown for _, of_unknown in pairs)
    return abs(known - unknown) <= max(known, unknown) / 5


def test_an_unknown_address_is_throttled_like_a_known_one(
    guesser: Visitor, account: Account
) -> None:
    """The limits count for addresses that nobody has as for any other."""
    known, unknown = (
        statuses(guesses(guesser, email, 15)) for email in (account.email, an_address())
    )
    assert known == unknown == {401: 10, 429: 5}

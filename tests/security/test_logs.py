"""What the log tells, and when."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import httpx
import pytest

from tests.contract.client import Account, Json, a_password, an_address
from tests.security.client import Visitor, log_lines
from tests.support.servers import Server


def lines_of(server: Server, answer: httpx.Response) -> list[Json]:
    """Return what was logged during one request."""
    request_id = answer.headers["X-Request-ID"]
    return [line for line in log_lines(server) if line["request_id"] == request_id]


def throttled_login(visitor: Visitor, account: Account) -> httpx.Response:
    return [visitor.guess(account.email) for _ in range(11)][-1]


def throttled_registration(visitor: Visitor, _: Account) -> httpx.Response:
    return [visitor.register(an_address(), a_password()) for _ in range(11)][-1]


def replayed_refresh(visitor: Visitor, account: Account) -> httpx.Response:
    # Two generations later there is no grace.
    visitor.refresh(visitor.refresh(account.tokens).json())
    return visitor.refresh(account.tokens)


def late_refresh(visitor: Visitor, account: Account) -> httpx.Response:
    visitor.log_out(account.tokens)
    return visitor.refresh(account.tokens)


def password_change(visitor: Visitor, account: Account) -> httpx.Response:
    return visitor.change_password(account.tokens, account.password, a_password())


Cause = Callable[[Visitor, Account], httpx.Response]

EVENTS: dict[str, tuple[int, Cause]] = {
    "registered": (201, lambda visitor, _: visitor.register(an_address(), a_password())),
    "registration throttled": (429, throttled_registration),
    "signed in": (200, lambda visitor, account: visitor.log_in(account.email, account.password)),
    "password refused": (401, lambda visitor, account: visitor.guess(account.email)),
    "password throttled": (429, throttled_login),
    "refresh replayed": (401, replayed_refresh),
    "refresh refused": (401, late_refresh),
    "password changed": (204, password_change),
    "signed out": (204, lambda visitor, account: visitor.log_out(account.tokens)),
    "account deleted": (
        204,
        lambda visitor, account: visitor.delete_account(account.tokens, account.password),
    ),
}


@pytest.mark.parametrize("event", EVENTS)
def test_what_happens_to_an_account_is_told_once(
    server: Server, guesser: Visitor, account: Account, event: str
) -> None:
    """Each event has one line, with the client's IP, during the request that caused it."""
    status, cause = EVENTS[event]
    answer = cause(guesser, account)
    assert answer.status_code == status
    told, request = lines_of(server, answer)
    assert (told["event"], told.get("ip"), request["event"]) == (event, guesser.ip, "request")


def test_what_is_tried_with_an_account_tells_whose_it_is(
    server: Server, guesser: Visitor, account: Account
) -> None:
    """The account is told by its id, which an address that nobody has lacks."""
    user_id = guesser.api.whoami(account.tokens).json()["id"]
    told = [
        lines_of(server, guesser.log_in(account.email, account.password))[0]["user_id"],
        lines_of(server, guesser.guess(account.email))[0]["user_id"],
        lines_of(server, guesser.guess(an_address()))[0]["user_id"],
    ]
    assert told == [user_id, user_id, None]


def test_every_request_is_told_with_what_came_of_it(
    server: Server, home: Visitor, account: Account
) -> None:
    """The line of a request has these fields and no other."""
    user_id = home.api.whoami(account.tokens).json()["id"]
    answer = home.send("DELETE", "/favorites/movies/2147483646/", account.tokens)
    [line] = lines_of(server, answer)
    time, milliseconds = line.pop("time"), line.pop("milliseconds")
    assert line == {
        "event": "request",
        "request_id": answer.headers["X-Request-ID"],
        "ip": home.ip,
        "method": "DELETE",
        "route": "/favorites/movies/<int:movie_id>/",
        "status": 404,
        "user_id": user_id,
    }
    assert 0 < milliseconds < answer.elapsed / timedelta(milliseconds=1)
    assert datetime.fromisoformat(time).utcoffset() == timedelta(0)
    assert abs(datetime.now(UTC) - datetime.fromisoformat(time)) < timedelta(minutes=1)


def test_a_request_that_nobody_signed_is_nobodys(server: Server, home: Visitor) -> None:
    [line] = lines_of(server, home.send("GET", "/genres/"))
    assert line["user_id"] is None

"""What clients are promised when something fails, and requests of every kind."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import partial

import httpx

from tests.contract.client import Account, Api
from tests.contract.threads import at_once
from tests.support.servers import Server
from tests.support.waiting import wait_for

Call = Callable[[], httpx.Response]

# From the request to "come back later", and from the end of a fault to normal answers.
REFUSED_SECONDS = 6
NORMAL_SECONDS = 5

# Beside what is promised, for a machine that does other things too.
GRACE_SECONDS = 1


@contextmanager
def client_of(server: Server) -> Iterator[Api]:
    """A client with a connection for each of its threads."""
    with Api(server.url) as api:
        yield api


def reads(api: Api, account: Account) -> dict[str, Call]:
    """Requests that read, by what they are."""
    return {
        "a film": partial(api.get, "/movies/1/"),
        "a page in an order that is never kept": partial(api.get, "/movies/?sort=popular&page=1"),
        "the profile": partial(api.whoami, account.tokens),
        "the favorites": partial(api.get, "/favorites/movies/", headers=account.headers),
    }


def writes(api: Api, account: Account) -> dict[str, Call]:
    """Requests that write, by what they are."""
    film = "/favorites/movies/1/"
    return {
        "a favorite": partial(api.post, film, headers=account.headers),
        "no favorite any more": partial(api.delete, film, headers=account.headers),
        "the profile": partial(api.patch, "/user/", json={"name": "A"}, headers=account.headers),
        "signing in": partial(api.log_in, account.email, account.password),
    }


def ask_at_once(calls: Mapping[str, Call]) -> dict[str, httpx.Response]:
    """Make all the requests at one moment."""
    return dict(zip(calls, at_once(list(calls.values())), strict=True))


def assert_refused(answers: Mapping[str, httpx.Response]) -> None:
    """Each of them has been told in time to come back."""
    for what, answer in answers.items():
        assert answer.status_code == httpx.codes.SERVICE_UNAVAILABLE, what
        assert answer.headers["Retry-After"] == "2", what
        assert answer.elapsed.total_seconds() < REFUSED_SECONDS, what


def assert_served(answers: Mapping[str, httpx.Response], seconds: float = REFUSED_SECONDS) -> None:
    """Each of them has got what it asked for."""
    assert {what: answer.status_code for what, answer in answers.items() if answer.is_error} == {}
    slow = {what for what, answer in answers.items() if answer.elapsed.total_seconds() > seconds}
    assert slow == set()


def assert_soon_normal(calls: Mapping[str, Call]) -> None:
    """All of them are served again within the time that is promised."""

    def all_are_served() -> bool:
        return not any(answer.is_error for answer in ask_at_once(calls).values())

    wait_for(all_are_served, NORMAL_SECONDS + GRACE_SECONDS)

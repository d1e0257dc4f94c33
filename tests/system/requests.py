"""All kinds of requests, and the guarantees for them during failures."""

import socket
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from functools import partial

import httpx

from tests.contract.client import Account, Api
from tests.contract.threads import at_once
from tests.support.waiting import wait_for

Call = Callable[[], httpx.Response]

# The longest wait for a 503 response, and for normal responses after the end of a failure.
REFUSED_SECONDS = 6
NORMAL_SECONDS = 5

# Extra time for a busy machine.
GRACE_SECONDS = 1


def reads(api: Api, account: Account) -> dict[str, Call]:
    """Return requests that read, by description."""
    return {
        "a film": partial(api.get, "/movies/1/"),
        "a page that no cache has": partial(api.get, "/movies/?sort=popular&page=1"),
        "the profile": partial(api.whoami, account.tokens),
        "the favorites": partial(api.get, "/favorites/movies/", headers=account.headers),
    }


def writes(api: Api, account: Account) -> dict[str, Call]:
    """Return requests that write, by description."""
    movie = "/favorites/movies/1/"
    return {
        "a favorite": partial(api.post, movie, headers=account.headers),
        "no favorite any more": partial(api.delete, movie, headers=account.headers),
        "a new name": partial(api.patch, "/user/", json={"name": "A"}, headers=account.headers),
        "signing in": partial(api.log_in, account.email, account.password),
    }


def send(calls: Mapping[str, Call]) -> dict[str, httpx.Response]:
    """Send all requests at the same time."""
    return dict(zip(calls, at_once(list(calls.values())), strict=True))


def send_many(call: Call, number: int) -> dict[str, httpx.Response]:
    """Send a request this number of times at the same time."""
    return send({f"number {position}": call for position in range(number)})


def assert_refused(responses: Mapping[str, httpx.Response]) -> None:
    """Every response is a 503 that arrived in time and says when to retry."""
    for what, response in responses.items():
        assert response.status_code == httpx.codes.SERVICE_UNAVAILABLE, what
        assert response.headers["Retry-After"] == "2", what
        assert response.elapsed.total_seconds() < REFUSED_SECONDS, what


def assert_served(
    responses: Mapping[str, httpx.Response], seconds: float = REFUSED_SECONDS
) -> None:
    """Every request succeeded in time."""
    assert {what: each.status_code for what, each in responses.items() if each.is_error} == {}
    slow = {what for what, each in responses.items() if each.elapsed.total_seconds() > seconds}
    assert slow == set()


def assert_soon_normal(calls: Mapping[str, Call]) -> None:
    """All requests succeed again within the guaranteed time."""

    def all_are_served() -> bool:
        return not any(response.is_error for response in send(calls).values())

    wait_for(all_are_served, NORMAL_SECONDS + GRACE_SECONDS)


@contextmanager
def connections(url: str, sent: bytes, places: Iterable[str]) -> Iterator[list[socket.socket]]:
    """Connections from these IP addresses that have sent this and keep waiting."""
    server = httpx.URL(url)
    with ExitStack() as stack:
        made = []
        for place in places:
            made.append(stack.enter_context(socket.socket()))
            # Otherwise the kernel would buffer much of the response for a slow reader.
            made[-1].setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
            made[-1].settimeout(30)
            made[-1].bind((place, 0))
            made[-1].connect((server.host, server.port or 0))
            made[-1].sendall(sent)
        yield made

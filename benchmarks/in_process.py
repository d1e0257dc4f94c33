"""Uncached requests in one process without a server, compared with a bare Flask view.

`python -m benchmarks.in_process URL` prints the rows for an existing catalogue.
"""

import sys
import time
from collections.abc import Callable, Iterator
from itertools import count
from statistics import median
from typing import Any, NamedTuple

from flask import Flask
from werkzeug.test import EnvironBuilder

from benchmarks.fill import bearer
from benchmarks.peers import bare_flask
from benchmarks.process import application
from benchmarks.results import Row
from tests.support.servers import SECRET_KEY

# Seconds of each side, in turn.
_SECONDS = 0.05
_ROUNDS = 15


class Requested(NamedTuple):
    """A request, and how many times as long as the bare view it may take."""

    what: str
    path: str
    limit: float
    is_signed_in: bool = False


REQUESTS = (
    Requested("a film", "/movies/7/", 4.5),
    Requested("a page never asked before", "/movies/?page=2", 7),
    Requested("the profile", "/user/", 5.5, is_signed_in=True),
    Requested("a page of favorites", "/favorites/movies/?page=1", 6.5, is_signed_in=True),
)


def rows(engine: str, url: str) -> Iterator[Row]:
    """Yield how many times as long as the bare view each request takes."""
    bare = _sender(bare_flask.create_app(), Requested("", "/movies/", 1))
    with application(url) as app:
        for request in REQUESTS:
            send = _sender(app, request)
            pairs = [(_seconds(send), _seconds(bare)) for _ in range(_ROUNDS + 1)][1:]
            ours, theirs = (median(side) * 1e6 for side in zip(*pairs, strict=True))
            ratio = median(slow / fast for slow, fast in pairs)
            yield Row(
                engine,
                f"{request.what}, in one process: against the bare view",
                *(ratio, request.limit),
                note=f"{ours:.0f} µs and {theirs:.0f} µs",
            )


def _sender(app: Flask, request: Requested) -> Callable[[], None]:
    """Return a function that sends the request and reads the whole response."""
    token = [("Authorization", f"Bearer {bearer(SECRET_KEY)}")]
    headers = token if request.is_signed_in else []
    environ = EnvironBuilder(request.path, headers=headers).get_environ()
    query, numbers, wsgi = environ["QUERY_STRING"], count(time.time_ns()), app.wsgi_app
    statuses: list[str] = []

    def start_response(status: str, _headers: object, _error: object = None) -> Any:
        statuses.append(status)

    def send() -> None:
        statuses.clear()
        url = {**environ, "QUERY_STRING": f"{query}&status={next(numbers)}"} if query else environ
        body: Any = wsgi(dict(url), start_response)
        b"".join(body)
        if hasattr(body, "close"):
            body.close()
        if statuses != ["200 OK"]:
            raise RuntimeError(f"{request.path} answered {statuses}.")

    return send


def _seconds(work: Callable[[], None]) -> float:
    times, began = 0, time.perf_counter()
    while (passed := time.perf_counter() - began) < _SECONDS:
        work()
        times += 1
    return passed / times


if __name__ == "__main__":
    for row in rows("", sys.argv[1]):
        sys.stdout.write(f"{' | '.join(row.cells)}\n")

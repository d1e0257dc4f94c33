"""The delay of the whole list of films applies to scripts of pages only, a few at a time."""

from collections.abc import Iterable
from typing import Any

import pytest
from werkzeug.test import Client
from werkzeug.wrappers import Response

from views.http import WholeListDelayMiddleware

CORS = {"Sec-Fetch-Mode": "cors"}


class Recorder:
    """An application and a sleep function that record their calls."""

    def __init__(self, status: str = "200 OK") -> None:
        self.events: list[object] = []
        self._status = status
        delay = WholeListDelayMiddleware(self._application, 0.1, self.events.append)
        self.client = Client(delay)

    def _application(self, _: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        self.events.append("application")
        start_response(self._status, [])
        return []


@pytest.mark.parametrize("status", ["200 OK", "304 Not Modified"])
@pytest.mark.parametrize(
    "path", ["/movies", "/movies/", "/movies/?genre_id=4&q=", "/movies/?Page=1"]
)
@pytest.mark.parametrize("headers", [CORS, {"Origin": "https://films.example"}], ids=str)
def test_a_script_waits_before_the_list_begins(
    path: str, headers: dict[str, str], status: str
) -> None:
    recorder = Recorder(status)
    recorder.client.get(path, headers=headers)
    assert recorder.events == [0.1, "application"]


@pytest.mark.parametrize(
    ("method", "path", "headers"),
    [
        ("GET", "/movies/", {}),
        ("GET", "/movies/", {"Sec-Fetch-Mode": "navigate"}),
        ("HEAD", "/movies/", CORS),
        ("OPTIONS", "/movies/", CORS),
        ("GET", "/movies/?page=1", CORS),
        ("GET", "/movies/?%70age=1", CORS),
        ("GET", "/movies/?page=", CORS),
        ("GET", "/movies/5/", CORS),
        ("GET", "/genres/", CORS),
        ("GET", "/favorites/movies/", CORS),
    ],
)
def test_other_requests_do_not_wait(method: str, path: str, headers: dict[str, str]) -> None:
    recorder = Recorder()
    recorder.client.open(path, method=method, headers=headers)
    assert recorder.events == ["application"]


def test_more_requests_than_may_wait_are_answered_at_once() -> None:
    slept: list[int] = []

    def meanwhile(_: float) -> None:
        slept.append(len(slept))
        if len(slept) < 5:
            client.get("/movies/", headers=CORS)

    client = Client(WholeListDelayMiddleware(Response(), 0.1, meanwhile, callers=2))
    client.get("/movies/", headers=CORS)
    assert slept == [0, 1]


def test_a_wait_that_fails_is_over() -> None:
    def fail(_: float) -> None:
        raise InterruptedError

    client = Client(WholeListDelayMiddleware(Response(), 0.1, fail, callers=1))
    for _ in range(2):
        with pytest.raises(InterruptedError):
            client.get("/movies/", headers=CORS)

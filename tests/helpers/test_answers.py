from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import pytest
from werkzeug.test import Client

from views.http.cache.middleware import FAILURE, ROUTE, Answers, Revision
from views.http.cache.spooled import spool
from views.http.cache.store import Answer, KeptAnswers

TAG = '"a1b2"'
HEADERS = [("Content-Type", "application/json"), ("Content-Length", "2"), ("ETag", TAG)]
LIST = "/movies/?page=1"

MATCHING = [TAG, f"W/{TAG}", "*", f'"other", {TAG}', f'"a,b", W/{TAG}, "c"', f" {TAG} ,"]
DIFFERENT = ['"other"', "a1b", '""', "W/", '"A1B2"', "%", '"a1b2', "", "\xff"]


class Application:
    """What stands behind the layer: it answers with `HEADERS`, and tells what it was asked."""

    def __init__(self) -> None:
        self.status = "200 OK"
        self.asked: list[dict[str, Any]] = []
        self.closed = 0

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        self.asked.append(environ)
        start_response(self.status, HEADERS)
        return self

    def __iter__(self) -> Iterator[bytes]:
        yield b"[]"

    def close(self) -> None:
        self.closed += 1


@pytest.fixture
def application() -> Application:
    return Application()


@pytest.fixture
def kept() -> KeptAnswers:
    answers = KeptAnswers()
    answers.put("key", LIST, Answer(1, HEADERS, b"[]", "/movies/"))
    return answers


@pytest.fixture
def client(application: Application, kept: KeptAnswers) -> Client:
    return Client(Answers(application, kept, Revision(lambda: 1)))


def test_answers_with_what_is_kept(client: Client, application: Application) -> None:
    answer = client.get(LIST)
    assert (answer.status_code, answer.data) == (200, b"[]")
    assert list(answer.headers) == HEADERS
    assert application.asked == []


def test_asks_the_application_for_what_is_not_kept(
    client: Client, application: Application
) -> None:
    assert client.get("/movies/?page=2").data == b"[]"
    assert len(application.asked) == 1


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE", "OPTIONS"])
def test_leaves_all_that_is_no_read_to_the_application(
    client: Client, application: Application, method: str
) -> None:
    client.open(LIST, method=method, headers={"If-None-Match": TAG})
    assert len(application.asked) == 1


def test_answers_head_without_the_body_and_with_all_headers(client: Client) -> None:
    answer = client.head(LIST)
    assert (answer.data, list(answer.headers)) == (b"", HEADERS)


def test_gives_a_kept_file_block_by_block(client: Client, kept: KeptAnswers) -> None:
    body, _ = spool([b"x" * 300_000])
    kept.put("long", "/movies/?", Answer(1, HEADERS, body, "/movies/"))
    answer = client.get("/movies/", buffered=False)
    assert [len(block) for block in answer.response] == [65_536] * 4 + [37_856]


@pytest.mark.parametrize("address", [LIST, "/movies/?page=2"], ids=["kept", "fresh"])
@pytest.mark.parametrize("known", MATCHING)
@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_answers_304_where_the_client_has_the_same(
    client: Client, address: str, known: str, method: str
) -> None:
    answer = client.open(address, method=method, headers={"If-None-Match": known})
    assert (answer.status_code, answer.data) == (304, b"")
    assert list(answer.headers) == [("ETag", TAG)]


@pytest.mark.parametrize("address", [LIST, "/movies/?page=2"], ids=["kept", "fresh"])
@pytest.mark.parametrize("known", DIFFERENT)
def test_answers_in_full_where_the_client_has_something_else(
    client: Client, address: str, known: str
) -> None:
    answer = client.get(address, headers={"If-None-Match": known})
    assert (answer.status_code, answer.data) == (200, b"[]")


@pytest.mark.parametrize("status", ["201 Created", "404 Not Found", "503 Service Unavailable"])
def test_answers_304_in_place_of_200_only(
    client: Client, application: Application, status: str
) -> None:
    application.status = status
    answer = client.get("/movies/?page=2", headers={"If-None-Match": "*"})
    assert answer.status == status


def test_closes_the_body_that_304_takes_the_place_of(
    client: Client, application: Application
) -> None:
    client.get("/movies/?page=2", headers={"If-None-Match": TAG})
    assert application.closed == 1


def test_gives_nothing_of_an_older_revision(application: Application, kept: KeptAnswers) -> None:
    Client(Answers(application, kept, Revision(lambda: 2))).get(LIST)
    assert len(application.asked) == 1


def test_names_the_route_of_what_is_kept(application: Application, kept: KeptAnswers) -> None:
    environ = {"REQUEST_METHOD": "GET", "PATH_INFO": "/movies/", "QUERY_STRING": "page=1"}
    Answers(application, kept, Revision(lambda: 1))(environ, lambda *_: None)
    assert environ[ROUTE] == "/movies/"


def test_lets_the_application_say_that_the_revision_is_not_known(
    application: Application, kept: KeptAnswers
) -> None:
    def fail() -> int:
        raise OSError("no database")

    Client(Answers(application, kept, Revision(fail))).get(LIST)
    (environ,) = application.asked
    assert str(environ[FAILURE]) == "no database"


def test_reads_the_revision_once_in_its_time() -> None:
    read: list[int] = []

    def count() -> int:
        read.append(1)
        return len(read)

    often, once = Revision(count, seconds=0), Revision(count, seconds=1000)
    assert (often(), often(), once(), once()) == (1, 2, 3, 3)


def test_tells_everybody_in_its_time_that_it_could_not_be_read() -> None:
    read: list[int] = []

    def fail() -> int:
        read.append(1)
        raise OSError("no database")

    revision = Revision(fail, seconds=1000)
    for _ in range(3):
        with pytest.raises(OSError, match="no database"):
            revision()
    assert len(read) == 1

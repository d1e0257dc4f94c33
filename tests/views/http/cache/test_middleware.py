from collections.abc import Iterable, Iterator
from typing import Any

import pytest
from werkzeug.exceptions import ServiceUnavailable
from werkzeug.test import Client

from views.http.cache import (
    CachedResponse,
    CacheMiddleware,
    CatalogueRevision,
    ResponseCache,
    spool,
)
from views.http.cache.store import Url
from views.http.environ import FAILURE, ROUTE

TAG = '"a1b2"'
HEADERS = [("Content-Type", "application/json"), ("Content-Length", "2"), ("ETag", TAG)]
CACHED, FRESH = "/movies/?page=1", "/movies/?page=2"
URLS = {CACHED: Url("", "/movies/", "page=1"), "/movies/": Url("", "/movies/", "")}

MATCHING = [TAG, f"W/{TAG}", "*", f'"other", {TAG}', f'"a,b", W/{TAG}, "c"', f" {TAG} ,"]
DIFFERENT = ['"other"', "a1b", '""', "W/", '"A1B2"', "%", '"a1b2', "", "\xff"]


class Application:
    """The application behind the middleware. It responds with `HEADERS` and records requests."""

    def __init__(self) -> None:
        self.status = "200 OK"
        self.requests: list[dict[str, Any]] = []
        self.closed = 0

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        self.requests.append(environ)
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
def cache() -> ResponseCache:
    cache, long = ResponseCache(), spool([b"x" * 300_000])[0]
    for key, body in ((CACHED, b"[]"), ("/movies/", long)):
        response = CachedResponse(1, HEADERS, body, "/movies/")
        cache.get_or_make(key, URLS[key], 1, lambda response=response: response)  # type: ignore[misc]
    return cache


@pytest.fixture
def client(application: Application, cache: ResponseCache) -> Client:
    return Client(CacheMiddleware(application, cache, CatalogueRevision(lambda: 1), iter))


def test_serves_what_is_cached(client: Client, application: Application) -> None:
    response = client.get(CACHED)
    assert (response.status_code, response.data) == (200, b"[]")
    assert list(response.headers) == HEADERS
    assert application.requests == []


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE", "OPTIONS"])
def test_leaves_all_that_is_no_read_to_the_application(
    client: Client, application: Application, method: str
) -> None:
    response = client.open(CACHED, method=method, headers={"If-None-Match": TAG})
    assert (response.status_code, len(application.requests)) == (200, 1)


def test_serves_head_without_the_body_and_with_all_headers(client: Client) -> None:
    response = client.head(CACHED)
    assert (response.data, list(response.headers)) == (b"", HEADERS)


def test_serves_a_cached_file_block_by_block(client: Client) -> None:
    response = client.get("/movies/", buffered=False)
    assert [len(block) for block in response.response] == [65_536] * 4 + [37_856]


@pytest.mark.parametrize("url", [CACHED, FRESH], ids=["cached", "fresh"])
@pytest.mark.parametrize("known", MATCHING)
@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_304_where_the_client_has_the_same(
    client: Client, url: str, known: str, method: str
) -> None:
    response = client.open(url, method=method, headers={"If-None-Match": known})
    assert (response.status_code, response.data) == (304, b"")
    assert list(response.headers) == [("ETag", TAG)]


@pytest.mark.parametrize("url", [CACHED, FRESH], ids=["cached", "fresh"])
@pytest.mark.parametrize("known", DIFFERENT)
def test_200_where_the_client_has_something_else(client: Client, url: str, known: str) -> None:
    response = client.get(url, headers={"If-None-Match": known})
    assert (response.status_code, response.data) == (200, b"[]")


@pytest.mark.parametrize("status", ["201 Created", "404 Not Found", "503 Service Unavailable"])
def test_304_takes_the_place_of_200_only(
    client: Client, application: Application, status: str
) -> None:
    application.status = status
    assert client.get(FRESH, headers={"If-None-Match": "*"}).status == status


def test_closes_the_body_that_304_takes_the_place_of(
    client: Client, application: Application
) -> None:
    client.get(FRESH, headers={"If-None-Match": TAG})
    assert application.closed == 1


def test_serves_nothing_of_another_revision(application: Application, cache: ResponseCache) -> None:
    Client(CacheMiddleware(application, cache, CatalogueRevision(lambda: 2), iter)).get(CACHED)
    assert len(application.requests) == 1


def test_names_the_route_of_what_is_cached(application: Application, cache: ResponseCache) -> None:
    environ = {"REQUEST_METHOD": "GET", "PATH_INFO": "/movies/", "QUERY_STRING": "page=1"}
    middleware = CacheMiddleware(application, cache, CatalogueRevision(lambda: 1), iter)
    middleware(environ, lambda *_: None)
    assert environ[ROUTE] == "/movies/"


def test_lets_the_application_raise_that_the_revision_is_not_known(
    application: Application, cache: ResponseCache
) -> None:
    def fail() -> int:
        raise OSError("no database")

    Client(CacheMiddleware(application, cache, CatalogueRevision(fail), iter)).get(CACHED)
    (environ,) = application.requests
    assert str(environ[FAILURE]) == "no database"


def test_a_mounted_application_has_urls_of_its_own(
    client: Client, application: Application
) -> None:
    client.get(CACHED, environ_overrides={"SCRIPT_NAME": "/api"})
    assert len(application.requests) == 1


def test_lets_the_application_refuse_a_file_that_too_many_read(
    application: Application, cache: ResponseCache
) -> None:
    def refuse(_: Iterable[bytes]) -> Iterable[bytes]:
        raise ServiceUnavailable

    revision = CatalogueRevision(lambda: 1)
    client = Client(CacheMiddleware(application, cache, revision, refuse))
    client.get("/movies/")
    (environ,) = application.requests
    assert isinstance(environ[FAILURE], ServiceUnavailable)
    client.head("/movies/")
    client.get("/movies/", headers={"If-None-Match": TAG})
    client.get(CACHED)
    assert len(application.requests) == 1

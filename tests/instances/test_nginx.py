"""The proxy that we ship: what it keeps, what it hides, and whom it holds."""

from __future__ import annotations

import socket
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import httpx
import pytest
from sqlalchemy import Engine, create_engine, text

from tests.contract.client import Api, a_password, an_address
from tests.databases import Databases
from tests.instances.nginx import Nginx, nginx
from tests.security.client import log_lines
from tests.servers import Server, free_port, prepare, serve

# More than both instances have threads, from places that nginx lets have a hundred requests each.
SLOW_CLIENTS = [f"127.0.1.{number}" for number in (1, 2)] * 70
ANSWER_SECONDS = 3
LONG_TEXT = "A long story. " * 600


@pytest.fixture(scope="module")
def database(databases: Databases) -> Iterator[Engine]:
    """A database with films that have much to tell: all of them are more than sockets hold."""
    url = databases.new("postgresql")
    prepare(url)
    engine = create_engine(url)
    with engine.begin() as connection:
        connection.execute(
            text(
                "INSERT INTO movies (title, folded_title, description, trailer, year, genre_id,"
                " director_id, source, external_id) SELECT 'Long', 'long', :story, '', 2000, 1, 1,"
                " 'long', number FROM generate_series(1, 2000) AS number"
            ),
            {"story": LONG_TEXT},
        )
        renew(engine)
    yield engine
    engine.dispose()


def renew(engine: Engine) -> None:
    """Tell the instances that the catalogue has changed, as an import does."""
    with engine.begin() as connection:
        connection.execute(text("UPDATE collections SET revision = revision + 1"))


@pytest.fixture(scope="module")
def servers(database: Engine, logs: Path) -> Iterator[list[Server]]:
    url = database.url.render_as_string(hide_password=False)
    with ExitStack() as stack:
        yield [
            stack.enter_context(
                serve(url, logs / f"behind-{name}.log", workers=1, TRUSTED_PROXIES="1")
            )
            for name in ("one", "other")
        ]


@pytest.fixture(scope="module")
def proxy(servers: list[Server], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Nginx]:
    """nginx in front of two instances, and of a third that is not there."""
    urls = [*(server.url for server in servers), f"http://127.0.0.1:{free_port()}"]
    with nginx(urls, tmp_path_factory.mktemp("nginx")) as started:
        yield started


@pytest.fixture(scope="module")
def api(proxy: Nginx) -> Iterator[Api]:
    with Api(proxy.url) as client:
        yield client


def until(condition: Callable[[], bool], seconds: float) -> None:
    ends = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < ends
        time.sleep(0.05)


def test_a_list_is_asked_for_once_and_then_only_whether_it_is_the_same(
    api: Api, proxy: Nginx
) -> None:
    path = "/movies/?page=1"
    bodies = set()

    def served(cache: str, asked: str) -> bool:
        bodies.add(api.get(path).raise_for_status().content)
        return proxy.last(path) == (cache, asked)

    assert served("MISS", "200")
    until(lambda: served("HIT", ""), 5)
    until(lambda: served("REVALIDATED", "304"), 5)
    assert len(bodies) == 1


def test_who_has_a_list_is_not_sent_it_again(api: Api, proxy: Nginx) -> None:
    path = "/genres/?page=1"
    known = {"If-None-Match": api.get(path).headers["ETag"]}
    answers = [api.get(path, headers=known) for _ in range(3)]
    assert [(answer.status_code, answer.content) for answer in answers] == [(304, b"")] * 3


def test_a_change_shows_through_what_is_kept(api: Api, database: Engine) -> None:
    """An instance sees a new revision within a second, and nginx asks it within two."""
    path = "/movies/?year=1"
    assert api.get(path).json() == []
    with database.begin() as connection:
        connection.execute(text("UPDATE movies SET year = 1 WHERE id = 1"))
    renew(database)
    until(lambda: [film["id"] for film in api.get(path).json()] == [1], 3.5)


@pytest.mark.parametrize("spelling", ["sort=popular", "sort=%70opular", "page=1&sort=po%70ular"])
def test_popularity_is_never_kept(api: Api, proxy: Nginx, spelling: str) -> None:
    path = f"/movies/?{spelling}&per_page=1" if "page" in spelling else f"/movies/?{spelling}"
    for _ in range(2):
        api.get(path).raise_for_status()
        assert proxy.last(path) == ("BYPASS", "200")


def test_nobody_is_shown_what_somebody_else_likes(api: Api) -> None:
    fan, stranger = api.new_account(), api.new_account()
    api.post("/favorites/movies/3/", headers=fan.headers).raise_for_status()
    shown = [
        api.get("/movies/3/", headers=headers).json()["is_favorite"]
        for headers in (fan.headers, stranger.headers, {}, fan.headers)
    ]
    assert shown == [True, False, None, True]


def test_each_answer_has_an_id_of_its_own_also_when_it_is_kept(api: Api) -> None:
    ids = {api.get("/directors/?page=1").headers["X-Request-ID"] for _ in range(5)}
    assert len(ids) == 5
    own = api.get("/directors/?page=1", headers={"X-Request-ID": "mine-1"})
    assert own.headers.get_list("X-Request-ID") == ["mine-1"]


@pytest.mark.parametrize("spoofed", [None, "203.0.113.9", "203.0.113.9, 127.0.0.1"])
def test_the_instances_know_the_client_and_believe_nobody_else(
    proxy: Nginx, servers: list[Server], spoofed: str | None
) -> None:
    place = httpx.HTTPTransport(local_address="127.0.1.7")
    headers = {"X-Request-ID": f"who-{spoofed}"[:7] + str(len(spoofed or ""))}
    if spoofed:
        headers["X-Forwarded-For"] = spoofed
    with httpx.Client(transport=place, base_url=proxy.url) as client:
        client.get("/user/", headers=headers)
    lines = [line for server in servers for line in log_lines(server)]
    found = [line["ip"] for line in lines if line.get("request_id") == headers["X-Request-ID"]]
    assert found == ["127.0.1.7"]


def test_an_instance_that_is_not_there_is_not_noticed(api: Api) -> None:
    statuses = [api.get(f"/movies/{film}/").status_code for film in range(1, 13)]
    assert statuses == [200] * 12


def test_what_nginx_refuses_itself_looks_like_the_api(proxy: Nginx) -> None:
    answer = httpx.post(f"{proxy.url}/auth/login/", content=b"x" * 70_000)
    assert (answer.status_code, list(answer.json())) == (413, ["message"])


@contextmanager
def slow_clients(proxy: Nginx, sent: bytes, received: int = 0) -> Iterator[None]:
    """Clients that send something, read the beginning of an answer, and then do nothing."""
    netloc = urlsplit(proxy.url)
    with ExitStack() as stack:
        for place in SLOW_CLIENTS:
            client = socket.create_connection(
                (netloc.hostname, netloc.port), timeout=30, source_address=(place, 0)
            )
            stack.enter_context(client)
            client.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
            client.sendall(sent)
            if received:
                assert client.recv(received).startswith(b"HTTP/1.1 200")
        yield


def assert_answers_as_ever(api: Api) -> None:
    """Somebody else gets an answer: kept by nginx, from the database, and to a body of theirs."""
    began = time.monotonic()
    api.get("/movies/?page=2").raise_for_status()
    api.get("/movies/2/").raise_for_status()
    assert api.log_in(an_address(), a_password()).status_code == 401
    assert time.monotonic() - began < ANSWER_SECONDS


def test_bodies_that_do_not_end_hold_up_nobody_else(api: Api, proxy: Nginx) -> None:
    half = b"POST /auth/login/ HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
    half += b'Content-Length: 1000\r\n\r\n{"email": "'
    with slow_clients(proxy, half):
        assert_answers_as_ever(api)


def test_readers_that_do_not_read_hold_up_nobody_else(api: Api, proxy: Nginx) -> None:
    with slow_clients(proxy, b"GET /movies/ HTTP/1.1\r\nHost: x\r\n\r\n", received=100):
        assert_answers_as_ever(api)

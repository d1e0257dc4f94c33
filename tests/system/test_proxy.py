"""nginx with the shipped configuration, in front of two instances on one PostgreSQL."""

import secrets
import time
from collections.abc import Iterator
from functools import partial

import httpx
import pytest
from sqlalchemy import Engine, text

from tests.contract.client import Api, a_password, an_email
from tests.support.catalogues import write_catalogue
from tests.support.databases import Databases
from tests.support.ports import free_port
from tests.support.servers import Server, log_lines, run_flask
from tests.support.waiting import wait_for
from tests.system.conftest import Start
from tests.system.nginx import Nginx, nginx
from tests.system.requests import connections

# More clients than both instances have threads. nginx allows a hundred requests per IP address.
SLOW_CLIENTS = [f"127.0.1.{number}" for number in (1, 2)] * 70
SOON_SECONDS = 3
LONG_FILM = {"id": 1000}


@pytest.fixture(scope="module")
def database_url(databases: Databases) -> str:
    return databases.prepared("postgresql")


@pytest.fixture(scope="module")
def servers(
    start: Start, database_url: str, tmp_path_factory: pytest.TempPathFactory
) -> list[Server]:
    """Two instances with enough long films that the whole list exceeds all socket buffers."""
    file = tmp_path_factory.mktemp("films") / "long.json"
    films = write_catalogue(file, 2000, description="A long story. " * 600)
    run_flask(database_url, "load-catalogue", films)
    settings = {"TRUSTED_PROXIES": "1", "PUBLIC_URL": "https://films.example"}
    return [start(database_url, **settings) for _ in range(2)]


@pytest.fixture(scope="module")
def proxy(servers: list[Server], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Nginx]:
    """nginx in front of two instances, and of a third that is down."""
    urls = [*(server.url for server in servers), f"http://127.0.0.1:{free_port()}"]
    with nginx(urls, tmp_path_factory.mktemp("nginx")) as started:
        yield started


@pytest.fixture(scope="module")
def api(proxy: Nginx) -> Iterator[Api]:
    with Api(proxy.url) as client:
        yield client


def test_a_list_is_fetched_once_and_then_revalidated(api: Api, proxy: Nginx) -> None:
    bodies, histories = set(), []

    def has_been(history: tuple[str, str]) -> bool:
        response = api.get("/movies/?page=1").raise_for_status()
        bodies.add(response.content)
        histories.append(proxy.history(response))
        return history in histories

    assert has_been(("MISS", "200"))
    wait_for(partial(has_been, ("HIT", "")), 15)
    wait_for(partial(has_been, ("REVALIDATED", "304")), 15)
    assert histories.count(("MISS", "200")) == 1
    assert len(bodies) == 1


def test_who_has_a_list_is_not_sent_it_again(api: Api, proxy: Nginx) -> None:
    path = "/genres/?page=1"
    known = {"If-None-Match": api.get(path).headers["ETag"]}
    responses = [api.get(path, headers=known) for _ in range(3)]
    assert [(response.status_code, response.content) for response in responses] == [(304, b"")] * 3


def test_a_change_shows_through_the_cache(api: Api, database: Engine) -> None:
    """An instance sees a new revision within a second, and nginx revalidates within two."""
    path = "/movies/?year=1"
    assert api.get(path).json() == []
    with database.begin() as connection:
        connection.execute(text("UPDATE movies SET year = 1 WHERE id = 1"))
        connection.execute(text("UPDATE list_states SET revision = revision + 1"))
    wait_for(lambda: [film["id"] for film in api.get(path).json()] == [1], 4)


@pytest.mark.parametrize("spelling", ["sort=popular", "sort=po%70ular"])
def test_popularity_is_never_cached(api: Api, proxy: Nginx, spelling: str) -> None:
    path = f"/movies/?{spelling}&page=1"
    for _ in range(2):
        cached, statuses = proxy.history(api.get(path).raise_for_status())
        # nginx may have tried the instance that is down first.
        assert (cached, statuses.split(", ")[-1]) == ("BYPASS", "200")


def test_favorites_are_private(api: Api) -> None:
    fan, stranger = api.new_account(), api.new_account()
    api.post("/favorites/movies/3/", headers=fan.headers).raise_for_status()
    shown = [
        api.get("/movies/3/", headers=headers).json()["is_favorite"]
        for headers in (fan.headers, stranger.headers, {}, fan.headers)
    ]
    assert shown == [True, False, None, True]


def test_each_response_has_an_id_of_its_own_also_when_it_is_cached(api: Api) -> None:
    ids = {api.get("/directors/?page=1").headers["X-Request-ID"] for _ in range(5)}
    assert len(ids) == 5
    own = api.get("/directors/?page=1", headers={"X-Request-ID": "mine-1"})
    assert own.headers.get_list("X-Request-ID") == ["mine-1"]


def test_the_instances_trust_the_proxy_alone_about_the_client(
    proxy: Nginx, servers: list[Server]
) -> None:
    place = httpx.HTTPTransport(local_address="127.0.1.7")
    request_id = secrets.token_hex(8)
    headers = {"X-Request-ID": request_id, "X-Forwarded-For": "203.0.113.9, 127.0.0.1"}
    with httpx.Client(transport=place, base_url=proxy.url) as client:
        client.get("/user/", headers=headers)
    lines = [line for server in servers for line in log_lines(server)]
    found = [line["ip"] for line in lines if line.get("request_id") == request_id]
    assert found == ["127.0.1.7"]


def test_an_instance_that_is_not_there_is_not_noticed(api: Api) -> None:
    statuses = [api.get(f"/movies/{film}/").status_code for film in range(1, 13)]
    assert statuses == [200] * 12


# A request that came through another proxy. nginx has a separate rule for those.
VIA = {"Via": "1.1 a-cdn.example"}
via_or_not = pytest.mark.parametrize("via", [{}, VIA], ids=["directly", "via another proxy"])


@via_or_not
@pytest.mark.parametrize("path", ["/movies/?page=3", "/docs/", "/openapi.json"])
def test_public_responses_are_compressed_for_clients_that_accept_it(
    proxy: Nginx, path: str, via: dict[str, str]
) -> None:
    """A cache in between must not send one variant to a client that needs the other."""
    packed, plain = (
        httpx.get(f"{proxy.url}{path}", headers={**via, "Accept-Encoding": accepted})
        for accepted in ("gzip", "identity")
    )
    assert [one.headers.get("Content-Encoding") for one in (packed, plain)] == ["gzip", None]
    assert packed.content == plain.content
    assert packed.num_bytes_downloaded < plain.num_bytes_downloaded / 2
    for response in (packed, plain):
        assert "accept-encoding" in response.headers["Vary"].lower()


@via_or_not
def test_nothing_about_people_is_compressed(api: Api, via: dict[str, str]) -> None:
    """The compressed length would leak secrets (BREACH)."""
    fan = api.new_account()
    api.like(fan, LONG_FILM).raise_for_status()
    headers = {**fan.headers, **via, "Accept-Encoding": "gzip"}
    responses = [
        api.get("/favorites/movies/?page=1", headers=headers),
        api.get("/favorites/movies/", headers=headers),
        api.get(f"/movies/{LONG_FILM['id']}/", headers=headers),
        api.get("/user/", headers=headers),
        api.put("/auth/login/", headers=headers, json=fan.tokens),
        api.post("/auth/login/", headers=headers, json=fan.credentials),
    ]
    assert [response.status_code for response in responses] == [200] * 6
    assert [len(response.content) > 8000 for response in responses[:3]] == [True] * 3
    assert [one.headers.get("Content-Encoding") for one in responses] == [None] * 6


def test_what_an_instance_has_compressed_is_passed_on_as_it_is(
    proxy: Nginx, servers: list[Server]
) -> None:
    """It keeps its own strong entity tag, and goes only to clients that accept it."""
    names = ("ETag", "Content-Encoding", "Content-Length")
    for encoding in ("gzip", "identity", "gzip", "identity"):
        passed_on, made = (
            httpx.get(f"{url}/movies/?page=4", headers={"Accept-Encoding": encoding})
            for url in (proxy.url, servers[0].url)
        )
        for name in names:
            assert passed_on.headers.get(name) == made.headers.get(name)


def test_metrics_are_not_for_the_internet(proxy: Nginx) -> None:
    for path in ("/metrics", "/metrics/"):
        response = httpx.get(f"{proxy.url}{path}")
        assert (response.status_code, list(response.json())) == (404, ["message"])


def test_what_nginx_refuses_itself_looks_like_the_api(proxy: Nginx) -> None:
    response = httpx.post(f"{proxy.url}/auth/login/", content=b"x" * 70_000)
    assert (response.status_code, list(response.json())) == (413, ["message"])


def assert_serves_as_ever(api: Api) -> None:
    """Other requests succeed quickly: cached ones, database reads and requests with a body."""
    began = time.monotonic()
    api.get("/movies/?page=2").raise_for_status()
    api.get("/movies/2/").raise_for_status()
    assert api.log_in(an_email(), a_password()).status_code == 401
    assert time.monotonic() - began < SOON_SECONDS


def test_unfinished_bodies_do_not_block_other_clients(api: Api, proxy: Nginx) -> None:
    half = b"POST /auth/login/ HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
    half += b'Content-Length: 1000\r\n\r\n{"email": "'
    with connections(proxy.url, half, SLOW_CLIENTS):
        assert_serves_as_ever(api)


def test_stalled_readers_do_not_block_other_clients(api: Api, proxy: Nginx) -> None:
    whole_list = b"GET /movies/ HTTP/1.1\r\nHost: x\r\n\r\n"
    with connections(proxy.url, whole_list, SLOW_CLIENTS) as clients:
        beginnings = [client.recv(100) for client in clients]
        assert {beginning[:12] for beginning in beginnings} == {b"HTTP/1.1 200"}
        assert_serves_as_ever(api)

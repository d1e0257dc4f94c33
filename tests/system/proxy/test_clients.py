"""Who is known behind the proxy, what it answers itself, and whom it holds."""

from __future__ import annotations

import secrets
import socket
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from urllib.parse import urlsplit

import httpx
import pytest

from tests.contract.client import Api, a_password, an_address
from tests.security.client import log_lines
from tests.support.servers import Server
from tests.system.proxy.nginx import Nginx

# More than both instances have threads, from places that nginx lets have a hundred requests each.
SLOW_CLIENTS = [f"127.0.1.{number}" for number in (1, 2)] * 70
ANSWER_SECONDS = 3


@pytest.mark.parametrize("spoofed", [None, "203.0.113.9", "203.0.113.9, 127.0.0.1"])
def test_the_instances_know_the_client_and_believe_nobody_else(
    proxy: Nginx, servers: list[Server], spoofed: str | None
) -> None:
    place = httpx.HTTPTransport(local_address="127.0.1.7")
    request_id = secrets.token_hex(8)
    headers = {"X-Request-ID": request_id} | ({"X-Forwarded-For": spoofed} if spoofed else {})
    with httpx.Client(transport=place, base_url=proxy.url) as client:
        client.get("/user/", headers=headers)
    lines = [line for server in servers for line in log_lines(server)]
    found = [line["ip"] for line in lines if line.get("request_id") == request_id]
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

"""Clients that take their time keep nobody else from being served."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from pathlib import Path
from threading import Event

import httpx
import pytest

from tests.contract.client import Account, Api
from tests.support.servers import Server, serve
from tests.system.faults.catalogues import load_films
from tests.system.faults.client import ask_at_once, assert_served, client_of, reads, writes

# Two MB of films: more than the buffers between a server and its client hold.
FILMS = 2000
SLOW_READERS = 10

SOON_SECONDS = 3


@pytest.fixture(scope="module")
def server(
    sqlite_url: str, log: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Server]:
    load_films(sqlite_url, FILMS, tmp_path_factory.mktemp("films"))
    with serve(sqlite_url, log) as started:
        yield started


@pytest.fixture(scope="module")
def api(server: Server) -> Iterator[Api]:
    with client_of(server) as client:
        yield client


@pytest.fixture(scope="module")
def account(api: Api) -> Account:
    return api.new_account()


@contextmanager
def connections(server: Server, count: int, sent: bytes) -> Iterator[list[socket.socket]]:
    """Connections that have sent something, and wait."""
    address = httpx.URL(server.url)
    with ExitStack() as stack:
        made = []
        for _ in range(count):
            made.append(stack.enter_context(socket.socket()))
            # The kernel would otherwise read a lot for who reads little.
            made[-1].setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
            made[-1].settimeout(30)
            made[-1].connect((address.host, address.port or 0))
            made[-1].sendall(sent)
        yield made


@pytest.mark.parametrize(
    ("count", "sent"),
    [
        (200, b""),
        (200, b"GET /movies/ HTTP/1.1\r\nHost: films"),
        (
            40,  # A body takes a thread until it is there, and there are 64: docs/deployment.md.
            b"POST /auth/login/ HTTP/1.1\r\nHost: films\r\n"
            b'Content-Type: application/json\r\nContent-Length: 100\r\n\r\n{"email":',
        ),
    ],
    ids=["nothing", "half a header", "half a body"],
)
def test_who_sent_only_a_part_keeps_nobody_waiting(
    server: Server, api: Api, account: Account, count: int, sent: bytes
) -> None:
    with connections(server, count, sent):
        assert_served(ask_at_once(reads(api, account)), SOON_SECONDS)
        assert_served(ask_at_once(writes(api, account)), SOON_SECONDS)
        assert_served({"alive": api.get("/health/live")}, SOON_SECONDS)


def read_slowly(reader: socket.socket, enough: Event) -> int:
    """Read a thousand bytes a second; return how many there were."""
    count = 0
    while not enough.wait(timeout=0.1):
        count += len(reader.recv(100))
    return count


def test_who_reads_slowly_keeps_nobody_waiting(server: Server, api: Api, account: Account) -> None:
    whole_list = b"GET /movies/ HTTP/1.1\r\nHost: films\r\n\r\n"
    enough = Event()
    with (
        connections(server, SLOW_READERS, whole_list) as readers,
        ThreadPoolExecutor(SLOW_READERS) as pool,
    ):
        slow = [pool.submit(read_slowly, reader, enough) for reader in readers]
        try:
            for _ in range(3):
                assert_served(ask_at_once(reads(api, account)), SOON_SECONDS)
                assert_served(ask_at_once(writes(api, account)), SOON_SECONDS)
            whole = api.get("/movies/")
            assert_served({"whole list": whole}, SOON_SECONDS)
        finally:
            enough.set()
        assert all(0 < reader.result() < len(whole.content) for reader in slow)

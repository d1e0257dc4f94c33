"""Slow clients do not block other requests."""

from pathlib import Path

import pytest

from tests.contract.client import Account, Api
from tests.support.catalogues import write_catalogue
from tests.support.servers import Server, run_flask
from tests.system.requests import assert_served, connections, reads, send, writes

# 2 MB of films, more than the buffers between a server and its client hold.
MOVIES = 2000
SLOW_READERS = 10
HERE = "127.0.0.1"

SOON_SECONDS = 3


@pytest.fixture(scope="module", autouse=True)
def _long_list(database_url: str, tmp_path_factory: pytest.TempPathFactory) -> None:
    file = Path(tmp_path_factory.mktemp("long")) / "many.json"
    run_flask(database_url, "load-catalogue", write_catalogue(file, MOVIES, description="x" * 1000))


@pytest.mark.parametrize(
    ("count", "sent"),
    [
        (200, b""),
        (200, b"GET /movies/ HTTP/1.1\r\nHost: films"),
        (
            40,  # One occupies a thread, of which there are 64: docs/deployment.md.
            b"POST /auth/login/ HTTP/1.1\r\nHost: films\r\n"
            b'Content-Type: application/json\r\nContent-Length: 100\r\n\r\n{"email":',
        ),
    ],
    ids=["nothing", "half a header", "half a body"],
)
def test_a_half_sent_request_blocks_no_other_client(
    server: Server, api: Api, account: Account, count: int, sent: bytes
) -> None:
    with connections(server.url, sent, [HERE] * count):
        assert_served(send(reads(api, account)), SOON_SECONDS)
        assert_served(send(writes(api, account)), SOON_SECONDS)
        assert_served({"alive": api.get("/health/live")}, SOON_SECONDS)


def test_a_slow_reader_blocks_no_other_client(server: Server, api: Api, account: Account) -> None:
    whole_list = b"GET /movies/ HTTP/1.1\r\nHost: films\r\n\r\n"
    with connections(server.url, whole_list, [HERE] * SLOW_READERS) as readers:
        for _ in range(3):
            assert all(reader.recv(100) for reader in readers)
            assert_served(send(reads(api, account)), SOON_SECONDS)
            assert_served(send(writes(api, account)), SOON_SECONDS)
        assert_served({"whole list": api.get("/movies/")}, SOON_SECONDS)

"""What is on the wire: bodies in chunks, bodies that are left unread, and who is answered next."""

import json
import re
import socket

import httpx
import pytest

from constants import MAX_BODY_BYTES
from tests.support.servers import Server

CREDENTIALS = {"email": "anna@example.com", "password": "tram-over-bridge-91"}
BODY = json.dumps(CREDENTIALS).encode()
CHUNKED = "Transfer-Encoding: chunked"
TYPE = "Content-Type: application/json"

# Served on the same connection only if the connection goes on.
NEXT = b"GET /genres/?page=1 HTTP/1.1\r\nHost: films.example\r\nConnection: close\r\n\r\n"

# Each response: its status, and whether it ends the connection.
Responses = list[tuple[int, bool]]


@pytest.fixture(scope="module")
def address(server: Server) -> tuple[str, int]:
    """Where the server listens, which knows Anna."""
    url = httpx.URL(server.url)
    made = (url.host, url.port or 0)
    talk(made, request("POST", "/auth/register/", TYPE, CHUNKED) + chunks(BODY) + NEXT)
    return made


def request(method: str, path: str, *headers: str) -> bytes:
    lines = (f"{method} {path} HTTP/1.1", "Host: films.example", *headers, "", "")
    return "\r\n".join(lines).encode()


def chunks(body: bytes, size: int = 7) -> bytes:
    pieces = (body[start : start + size] for start in range(0, len(body), size))
    return b"".join(b"%x\r\n%s\r\n" % (len(piece), piece) for piece in pieces) + b"0\r\n\r\n"


def talk(address: tuple[str, int], sent: bytes, *, ends: bool = False) -> Responses:
    """Return the responses to what is sent on one connection, until the server closes it.

    With `ends` the client says that it sends no more.
    """
    with socket.create_connection(address, timeout=30) as connection:
        connection.sendall(sent)
        if ends:
            connection.shutdown(socket.SHUT_WR)
        received = b""
        while piece := connection.recv(65536):
            received += piece
    heads = re.findall(rb"HTTP/1\.1 (\d+) [^\r]*\r\n(.*?)\r\n\r\n", received, re.DOTALL)
    return [(int(status), b"connection: close" in head.lower()) for status, head in heads]


LOGIN = request("POST", "/auth/login/", TYPE, CHUNKED)


@pytest.mark.parametrize("size", [1, 7, 1000])
def test_a_login_in_chunks_goes_on(address: tuple[str, int], size: int) -> None:
    """As C# sends JSON: without a length, on a connection that stays."""
    sent = LOGIN + chunks(BODY, size)
    assert talk(address, sent + sent + NEXT) == [(200, False), (200, False), (200, True)]


@pytest.mark.parametrize(
    ("method", "path", "type_", "status"),
    [
        ("POST", "/auth/login/", "Content-Type: text/plain", 415),
        ("POST", "/films/", TYPE, 404),
        ("POST", "/movies/", TYPE, 405),
        ("DELETE", "/user/", TYPE, 401),
        ("POST", "/favorites/movies/5/", TYPE, 401),
    ],
)
@pytest.mark.parametrize("in_chunks", [False, True], ids=["length", "chunks"])
def test_a_body_that_nobody_wants_is_read_all_the_same(
    address: tuple[str, int], method: str, path: str, type_: str, status: int, in_chunks: bool
) -> None:
    framing = CHUNKED if in_chunks else f"Content-Length: {len(BODY)}"
    sent = request(method, path, type_, framing) + (chunks(BODY) if in_chunks else BODY)
    assert talk(address, sent + NEXT) == [(status, False), (200, True)]


@pytest.mark.parametrize("in_chunks", [False, True], ids=["length", "chunks"])
@pytest.mark.parametrize("size", [MAX_BODY_BYTES + 1, 1_000_000])
def test_a_body_that_is_too_large_ends_the_connection(
    address: tuple[str, int], size: int, in_chunks: bool
) -> None:
    body = b" " * size
    framing = CHUNKED if in_chunks else f"Content-Length: {size}"
    sent = request("POST", "/auth/login/", TYPE, framing)
    sent += chunks(body, 4096) if in_chunks else body
    assert talk(address, sent + NEXT) == [(413, True)]


@pytest.mark.parametrize("framing", [CHUNKED, f"Content-Length: {len(BODY)}"])
@pytest.mark.parametrize(
    ("method", "path"),
    [("GET", "/movies/?page=1"), ("GET", "/health/live/"), ("OPTIONS", "/movies/")],
)
def test_a_body_that_is_left_unread_ends_the_connection(
    address: tuple[str, int], method: str, path: str, framing: str
) -> None:
    """Neither from the application nor from the cache."""
    sent = request(method, path, framing) + (chunks(BODY) if framing == CHUNKED else BODY)
    for _ in range(2):
        assert talk(address, sent + NEXT) == [(200, True)]

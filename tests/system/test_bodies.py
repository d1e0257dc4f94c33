"""Bodies on the wire: chunked bodies, unread bodies, and the request that follows one."""

import re
import socket

import httpx
import pytest

from constants import MAX_BODY_BYTES
from tests.support.servers import Server

BODY = b'{"email": "anna@example.com", "password": "tram-over-bridge-91"}'
TYPE = "Content-Type: application/json"

# The server reads this request only if it keeps the connection open.
NEXT = b"GET /genres/?page=1 HTTP/1.1\r\nHost: films.example\r\nConnection: close\r\n\r\n"

# The status of each response, and whether it closes the connection.
Responses = list[tuple[int, bool]]


in_chunks_or_not = pytest.mark.parametrize("in_chunks", [False, True], ids=["length", "chunks"])


@pytest.fixture(scope="module")
def address(server: Server) -> tuple[str, int]:
    """The address of the server, on which Anna has registered."""
    url = httpx.URL(server.url)
    made = (url.host, url.port or 0)
    talk(made, with_body("POST", "/auth/register/", TYPE, in_chunks=True) + NEXT)
    return made


def chunks(body: bytes) -> bytes:
    size = 7 if len(body) < 1000 else 4096
    pieces = (body[start : start + size] for start in range(0, len(body), size))
    return b"".join(b"%x\r\n%s\r\n" % (len(piece), piece) for piece in pieces) + b"0\r\n\r\n"


def with_body(method: str, path: str, *headers: str, in_chunks: bool, body: bytes = BODY) -> bytes:
    """Return a request with a body, either chunked or with a length."""
    framing = "Transfer-Encoding: chunked" if in_chunks else f"Content-Length: {len(body)}"
    lines = (f"{method} {path} HTTP/1.1", "Host: films.example", *headers, framing, "", "")
    return "\r\n".join(lines).encode() + (chunks(body) if in_chunks else body)


def talk(address: tuple[str, int], sent: bytes) -> Responses:
    """Send this on one connection, and return the responses until the server closes it."""
    with socket.create_connection(address, timeout=30) as connection:
        connection.sendall(sent)
        received = b""
        while piece := connection.recv(65536):
            received += piece
    heads = re.findall(rb"HTTP/1\.1 (\d+) [^\r]*\r\n(.*?)\r\n\r\n", received, re.DOTALL)
    return [(int(status), b"connection: close" in head.lower()) for status, head in heads]


def test_a_login_in_chunks_goes_on(address: tuple[str, int]) -> None:
    """C# sends JSON like this: chunked, on a persistent connection."""
    sent = with_body("POST", "/auth/login/", TYPE, in_chunks=True)
    assert talk(address, sent + sent + NEXT) == [(200, False), (200, False), (200, True)]


@pytest.mark.parametrize(
    ("method", "path", "type_", "status"),
    [
        ("POST", "/auth/login/", "Content-Type: text/plain", 415),
        ("POST", "/films/", TYPE, 404),
        ("DELETE", "/user/", TYPE, 401),
    ],
)
@in_chunks_or_not
def test_an_unwanted_body_is_read_all_the_same(
    address: tuple[str, int], method: str, path: str, type_: str, status: int, in_chunks: bool
) -> None:
    sent = with_body(method, path, type_, in_chunks=in_chunks)
    assert talk(address, sent + NEXT) == [(status, False), (200, True)]


@in_chunks_or_not
@pytest.mark.parametrize("size", [MAX_BODY_BYTES + 1, 1_000_000])
def test_a_body_that_is_too_large_ends_the_connection(
    address: tuple[str, int], size: int, in_chunks: bool
) -> None:
    sent = with_body("POST", "/auth/login/", TYPE, body=b" " * size, in_chunks=in_chunks)
    assert talk(address, sent + NEXT) == [(413, True)]


@in_chunks_or_not
@pytest.mark.parametrize(("method", "path"), [("GET", "/movies/?page=1"), ("OPTIONS", "/movies/")])
def test_a_body_that_is_left_unread_ends_the_connection(
    address: tuple[str, int], method: str, path: str, in_chunks: bool
) -> None:
    """Both the application and the cache close the connection."""
    sent = with_body(method, path, in_chunks=in_chunks)
    for _ in range(2):
        assert talk(address, sent + NEXT) == [(200, True)]

"""Bodies are received completely, chunked or with a length, or the connection is closed."""

from collections.abc import Iterable
from io import BytesIO
from typing import Any

import pytest
from werkzeug.exceptions import HTTPException
from werkzeug.test import Client, EnvironBuilder, run_wsgi_app

from constants import MAX_BODY_BYTES
from views.http import RequestMiddleware
from views.http.environ import FAILURE

CHUNKED = {"HTTP_TRANSFER_ENCODING": "chunked"}
FULL = b"x" * MAX_BODY_BYTES


class BrokenStream(BytesIO):
    """A stream that ends with an error, as a malformed chunked body does."""

    def read(self, size: int | None = -1, /) -> bytes:
        if piece := super().read(size):
            return piece
        raise OSError("The chunk has no size.")


class Trickle(BytesIO):
    """A stream that yields one byte at a time."""

    def read(self, _: int | None = -1, /) -> bytes:
        return super().read(1)


def send(stream: BytesIO, method: str = "POST", **environ: str) -> tuple[object, str | None]:
    """Return the received body or the status of the failure, and the header `Connection`."""
    received: list[object] = []

    def application(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        failure = environ.get(FAILURE)
        body = environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0))
        received.append(failure.code if isinstance(failure, HTTPException) else body)
        start_response("200 OK", [])
        return []

    sent = EnvironBuilder(method=method).get_environ() | {"wsgi.input": stream} | environ
    _, _, headers = run_wsgi_app(RequestMiddleware(application, ["*"]), sent)
    return received[0], headers.get("Connection")


@pytest.mark.parametrize("body", [b"", b"film", FULL], ids=["empty", "short", "full"])
def test_a_body_is_whole_however_it_is_framed(body: bytes) -> None:
    assert send(Trickle(body), **CHUNKED) == (body, None)
    assert send(Trickle(body), CONTENT_LENGTH=str(len(body))) == (body, None)


@pytest.mark.parametrize("length", [0, 4])
def test_what_follows_a_body_is_left_alone(length: int) -> None:
    stream = BytesIO(b"film, and the next request")
    assert send(stream, CONTENT_LENGTH=str(length)) == (b"film"[:length], None)
    assert stream.tell() == length


@pytest.mark.parametrize(
    ("framing", "read"),
    [(CHUNKED, MAX_BODY_BYTES + 1), ({"CONTENT_LENGTH": str(MAX_BODY_BYTES + 1)}, 0)],
    ids=["in chunks", "with a length"],
)
def test_no_more_is_read_than_shows_that_a_body_is_too_large(
    framing: dict[str, str], read: int
) -> None:
    stream = BytesIO(FULL * 3)
    assert send(stream, **framing) == (413, "close")
    assert stream.tell() == read


@pytest.mark.parametrize("method", ["POST", "GET"])
def test_two_framings_are_refused(method: str) -> None:
    assert send(BytesIO(b"film"), method, CONTENT_LENGTH="4", **CHUNKED) == (400, "close")


@pytest.mark.parametrize(
    ("stream", "framing"),
    [
        (BytesIO(b"film"), {"CONTENT_LENGTH": "5"}),
        (BrokenStream(b"film"), {"CONTENT_LENGTH": "5"}),
        (BrokenStream(b"film"), CHUNKED),
    ],
)
def test_a_body_that_ends_too_early_is_refused(stream: BytesIO, framing: dict[str, str]) -> None:
    assert send(stream, **framing) == (400, "close")


@pytest.mark.parametrize("method", ["GET", "HEAD", "OPTIONS"])
@pytest.mark.parametrize("framing", [{"CONTENT_LENGTH": "4"}, CHUNKED], ids=str)
def test_where_no_body_belongs_none_is_waited_for(method: str, framing: dict[str, str]) -> None:
    _, connection = send(BytesIO(b"film"), method, **framing)
    assert connection == "close"


@pytest.mark.parametrize(("body", "connection"), [(b"", None), (b"film", "close")])
def test_a_preflight_with_a_body_ends_the_connection(body: bytes, connection: str | None) -> None:
    client = Client(RequestMiddleware(lambda *_: [], ["*"]))
    headers = {"Origin": "https://films.example", "Access-Control-Request-Method": "PUT"}
    response = client.options("/", headers=headers, data=body)
    assert (response.status_code, response.headers.get("Connection")) == (204, connection)

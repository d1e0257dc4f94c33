"""What a client may send outside of the body has a bound."""

from collections.abc import Iterable
from typing import Any

import pytest
from flask.testing import FlaskClient
from werkzeug.test import Client

from constants import MAX_QUERY_BYTES
from views.http import RequestMiddleware
from views.http.environ import FAILURE

MOST = 4096


def environ_of(path: str = "/", **headers: str) -> dict[str, Any]:
    """What of a request reaches the application."""
    seen: dict[str, Any] = {}

    def application(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        seen.update(environ)
        start_response("200 OK", [])
        return []

    sent = {name.replace("_", "-"): value for name, value in headers.items()}
    Client(RequestMiddleware(application, ["https://films.example"])).get(path, headers=sent)
    return seen


@pytest.mark.parametrize(
    ("header", "key"),
    [
        ("Authorization", "HTTP_AUTHORIZATION"),
        ("Content_Type", "CONTENT_TYPE"),
        ("If_None_Match", "HTTP_IF_NONE_MATCH"),
        ("Origin", "HTTP_ORIGIN"),
        ("X_Request_ID", "HTTP_X_REQUEST_ID"),
    ],
)
@pytest.mark.parametrize(("length", "left"), [(MOST, MOST), (60_000, MOST)])
def test_reads_so_much_of_a_header(header: str, key: str, length: int, left: int) -> None:
    assert len(environ_of(**{header: "x" * length})[key]) == left


def test_takes_a_query_as_long_as_may_be() -> None:
    assert FAILURE not in environ_of("/?" + "x" * MAX_QUERY_BYTES)


@pytest.mark.parametrize("path", ["/movies/", "/movies/1/", "/user/", "/docs/", "/nothing/"])
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_says_so_as_it_says_everything(client: FlaskClient, path: str, method: str) -> None:
    response = client.open(f"{path}?q={'x' * MAX_QUERY_BYTES}", method=method)
    assert response.status_code == 414
    assert response.json == {"message": "A query string has at most 2,000 bytes."}
    assert "X-Request-ID" in response.headers

"""Limits on the parts of a request outside of its body."""

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
    """Return the WSGI environment that reaches the application."""
    seen: dict[str, Any] = {}

    def application(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        seen.update(environ)
        start_response("200 OK", [])
        return []

    Client(RequestMiddleware(application, ["https://films.example"])).get(path, headers=headers)
    return seen


@pytest.mark.parametrize(
    ("header", "key"), [("Authorization", "HTTP_AUTHORIZATION"), ("Content-Type", "CONTENT_TYPE")]
)
@pytest.mark.parametrize("length", [MOST, MOST + 1])
def test_reads_so_much_of_a_header(header: str, key: str, length: int) -> None:
    assert len(environ_of(**{header: "x" * length})[key]) == MOST


def test_takes_a_query_as_long_as_may_be() -> None:
    assert FAILURE not in environ_of("/?" + "x" * MAX_QUERY_BYTES)


@pytest.mark.parametrize("app", ["sqlite"], indirect=True)
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_a_longer_one_is_an_error_like_any_other(client: FlaskClient, method: str) -> None:
    response = client.open("/movies/?" + "x" * (MAX_QUERY_BYTES + 1), method=method)
    assert response.status_code == 414
    assert response.json == {"message": "A query string has at most 2,000 bytes."}
    assert "X-Request-ID" in response.headers

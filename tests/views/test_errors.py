from __future__ import annotations

import errno
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Engine, event
from sqlalchemy.exc import OperationalError

from service import errors
from views.errors import STATUS

pytestmark = pytest.mark.usefixtures("session")

LOGIN = "/auth/login/"


@contextmanager
def failing(engine: Engine, error: Exception) -> Iterator[None]:
    """Let every statement fail."""

    def fail(*_: object) -> None:
        raise error

    event.listen(engine, "before_cursor_execute", fail)
    try:
        yield
    finally:
        event.remove(engine, "before_cursor_execute", fail)


def test_every_refusal_of_a_service_has_a_status() -> None:
    def family(error: type[errors.ServiceError]) -> Iterator[type[errors.ServiceError]]:
        for child in error.__subclasses__():
            yield child
            yield from family(child)

    assert set(family(errors.ServiceError)) == set(STATUS)


@pytest.mark.parametrize("path", ["/nope", "/movies/5/nope", "/swagger", "/docs/nope.js"])
def test_an_unknown_path_is_404(client: FlaskClient, path: str) -> None:
    answer = client.get(path)
    assert answer.status_code == 404
    assert answer.json["message"]


@pytest.mark.parametrize(
    "path", ["/movies/", "/movies", "/movies/1", "/movies/1/", "/auth/register"]
)
def test_a_wrong_method_is_405_with_the_right_ones(client: FlaskClient, path: str) -> None:
    answer = client.open(path, method="PATCH")
    assert answer.status_code == 405
    assert "OPTIONS" in answer.headers["Allow"]
    assert answer.json["message"]


@pytest.mark.parametrize(
    "body",
    [
        b"[]",
        b'"s"',
        b"null",
        b"5",
        b'{"email": "a@example.com"',
        b'{"email": 1, "email": 2}',
        b'{"email": NaN}',
        b'{"email": 1e400}',
        b'{"email": "\\ud800"}',
        b'{"email": "\xff"}',
        b"[" * 8000,
        b'{"a":' * 2000 + b"1" + b"}" * 2000,
        b'{"email": ' + b"9" * 5000 + b"}",
    ],
    ids=lambda body: repr(body[:24]),
)
def test_a_body_that_is_no_json_object_is_400(client: FlaskClient, body: bytes) -> None:
    answer = client.post(LOGIN, data=body, content_type="application/json")
    assert answer.status_code == 400
    assert answer.json["message"]


@pytest.mark.parametrize(
    "content_type", ["text/plain", "application/xml", "multipart/form-data", ""]
)
def test_another_content_type_is_415(client: FlaskClient, content_type: str) -> None:
    answer = client.post(LOGIN, data=b"{}", content_type=content_type)
    assert answer.status_code == 415


@pytest.mark.parametrize("content_type", ["application/json", "application/x-www-form-urlencoded"])
def test_a_large_body_is_413(client: FlaskClient, content_type: str) -> None:
    answer = client.post(LOGIN, data=b" " * (16 * 1024 + 1), content_type=content_type)
    assert answer.status_code == 413
    assert answer.headers["Connection"] == "close"


def test_a_body_without_length_is_411(client: FlaskClient) -> None:
    answer = client.post(
        LOGIN,
        data=b"{}",
        content_type="application/json",
        headers={"Transfer-Encoding": "chunked"},
    )
    assert answer.status_code == 411


def test_a_repeated_field_of_a_form_is_400(client: FlaskClient) -> None:
    form = {"email": ["a@example.com", "b@example.com"], "password": "x"}
    assert client.post(LOGIN, data=form).status_code == 400


@pytest.mark.parametrize("token", ["", "undefined", "a.b.c", "x" * 100_000, "é", "a b"])
def test_a_bad_token_is_401(client: FlaskClient, token: str) -> None:
    answer = client.get("/user/", headers={"Authorization": f"Bearer {token}"})
    assert answer.status_code == 401
    assert answer.headers["WWW-Authenticate"] == 'Bearer realm="Kinoteka", error="invalid_token"'


@pytest.mark.parametrize("headers", [{}, {"Authorization": "Basic YTpi"}, {"Authorization": ""}])
def test_no_token_is_401(client: FlaskClient, headers: dict[str, str]) -> None:
    answer = client.get("/user/", headers=headers)
    assert answer.status_code == 401
    assert answer.headers["WWW-Authenticate"] == 'Bearer realm="Kinoteka"'
    assert answer.headers["Cache-Control"] == "no-store"


def test_a_database_that_does_not_answer_is_503(client: FlaskClient, engine: Engine) -> None:
    with failing(engine, OperationalError("SELECT 1", {}, Exception("gone"))):
        answer = client.get("/movies/")
    assert answer.status_code == 503
    assert answer.headers["Retry-After"] == "2"
    assert answer.json == {"message": "The database does not answer. Try again in a moment."}
    assert client.get("/movies/").status_code == 200


def test_a_full_disk_is_503(client: FlaskClient, engine: Engine) -> None:
    with failing(engine, OSError(errno.ENOSPC, "No space left on device")):
        answer = client.get("/movies/")
    assert answer.status_code == 503
    assert answer.headers["Retry-After"] == "2"
    assert answer.json == {"message": "The server has no room for this answer. Try again later."}


def test_another_fault_of_the_system_is_500(client: FlaskClient, engine: Engine) -> None:
    with failing(engine, OSError(errno.EACCES, "Permission denied")):
        answer = client.get("/movies/")
    assert answer.status_code == 500
    assert "denied" not in answer.text


def test_a_fault_of_ours_is_500_and_tells_nothing(client: FlaskClient, engine: Engine) -> None:
    with failing(engine, RuntimeError("the secret of the house")):
        answer = client.get("/movies/")
    assert answer.status_code == 500
    assert list(answer.json) == ["message"]
    assert "secret" not in answer.text


@pytest.mark.parametrize(
    "ask",
    [
        lambda client: client.get("/nope"),
        lambda client: client.get("/user/"),
        lambda client: client.get("/movies/?page=0"),
        lambda client: client.options("/movies/"),
    ],
)
def test_every_answer_carries_the_same_headers(
    app: Flask, client: FlaskClient, ask: Callable[[FlaskClient], object]
) -> None:
    headers = ask(client).headers  # type: ignore[attr-defined]  # A response.
    assert headers["Access-Control-Allow-Origin"] == "*"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Content-Security-Policy"] == "default-src 'none'; frame-ancestors 'none'"
    assert headers["X-Request-ID"]


def test_a_browser_of_another_origin_may_ask_first(client: FlaskClient) -> None:
    answer = client.options(
        "/favorites/movies/5/",
        headers={"Origin": "http://localhost:3000", "Access-Control-Request-Method": "DELETE"},
    )
    assert answer.status_code == 204
    assert "DELETE" in answer.headers["Access-Control-Allow-Methods"]
    assert "Authorization" in answer.headers["Access-Control-Allow-Headers"]

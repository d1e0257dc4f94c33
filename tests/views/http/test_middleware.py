"""Headers of every response, preflights and the access log."""

import re
from collections.abc import Iterable, Sequence
from typing import Any

import pytest
from werkzeug.test import Client

from views.http import UNLOGGED, RequestMiddleware

OURS = "https://films.example"
PREFLIGHT = {"Access-Control-Request-Method": "PATCH", "Origin": OURS}


def a_client(origins: Sequence[str] = ("*",), *, status: str = "200 OK", **headers: str) -> Client:
    """Return a client of an application that responds "hello" with these headers."""

    def hello(_: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        start_response(status, [(name.replace("_", "-"), headers[name]) for name in headers])
        return [b"hello"]

    return Client(RequestMiddleware(hello, origins))


@pytest.mark.parametrize("status", ["200 OK", "500 INTERNAL SERVER ERROR"])
@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("X-Content-Type-Options", "nosniff"),
        ("Referrer-Policy", "no-referrer"),
        ("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'"),
        ("Access-Control-Allow-Origin", "*"),
    ],
)
def test_adds_its_headers_once_to_every_response(status: str, name: str, value: str) -> None:
    assert a_client(status=status).get("/").headers.getlist(name) == [value]


def test_leaves_a_response_its_own_policy() -> None:
    response = a_client(Content_Security_Policy="default-src 'self'").get("/")
    assert response.headers.getlist("Content-Security-Policy") == ["default-src 'self'"]


@pytest.mark.parametrize("sent", ["0b61-AZ", "a" * 64])
def test_keeps_the_request_id_of_the_client(sent: str) -> None:
    response = a_client().get("/", headers={"X-Request-ID": sent})
    assert response.headers.getlist("X-Request-ID") == [sent]


@pytest.mark.parametrize("sent", ["", "a" * 65, "a b", "a_b", "a;b", "ä", "a\n"])
def test_replaces_a_request_id_that_could_do_harm(sent: str) -> None:
    response = a_client().get("/", environ_overrides={"HTTP_X_REQUEST_ID": sent})
    [given] = response.headers.getlist("X-Request-ID")
    assert given != sent
    assert re.fullmatch("[0-9a-f]{16}", given)


def test_a_listed_origin_may_read_and_caches_keep_it_apart() -> None:
    client = a_client(["https://other.example", OURS], Vary="Authorization")
    response = client.get("/", headers={"Origin": OURS})
    assert response.headers.getlist("Access-Control-Allow-Origin") == [OURS]
    assert response.headers.getlist("Vary") == ["Authorization, Origin"]


@pytest.mark.parametrize("allowed", [[OURS], []], ids=["one", "none"])
@pytest.mark.parametrize("preflight", [{}, PREFLIGHT], ids=["get", "preflight"])
@pytest.mark.parametrize("origin", ["null", f"{OURS}.evil.example", f"{OURS}:8443"])
def test_no_other_origin_may_read(
    allowed: list[str], preflight: dict[str, str], origin: str
) -> None:
    client = a_client(allowed)
    response = client.options("/", headers={**preflight, "Origin": origin})
    assert "Access-Control-Allow-Origin" not in response.headers
    assert response.headers.getlist("Vary") == ["Origin"]


def test_answers_a_preflight_before_the_application_with_all_its_headers() -> None:
    response = a_client().options("/", headers={**PREFLIGHT, "X-Request-ID": "abc"})
    assert (response.status, response.data) == ("204 No Content", b"")
    headers = response.headers
    assert headers["Access-Control-Allow-Methods"] == "GET, POST, PUT, PATCH, DELETE"
    assert (headers["X-Request-ID"], headers["X-Content-Type-Options"]) == ("abc", "nosniff")


@pytest.mark.parametrize("name", PREFLIGHT)
def test_leaves_other_options_requests_to_the_application(name: str) -> None:
    assert a_client().options("/", headers={name: PREFLIGHT[name]}).text == "hello"


def test_logs_nothing_of_what_a_view_has_marked(capfd: pytest.CaptureFixture[str]) -> None:
    a_client().get("/", environ_overrides={UNLOGGED: True})
    assert capfd.readouterr().out == ""


def test_logs_nothing_that_a_client_may_make_as_long_as_it_likes(
    capfd: pytest.CaptureFixture[str],
) -> None:
    long = "X" * 5_000
    a_client().open(f"/{long}?{long}", method=long, headers={"X-Request-ID": long})
    assert 0 < len(capfd.readouterr().out) < 500

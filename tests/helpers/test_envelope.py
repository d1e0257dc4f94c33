from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence
from typing import Any

import pytest
from werkzeug.test import Client, TestResponse

from views.http.middleware import UNLOGGED, USER_ID, Envelope

OURS = "https://films.example"
PREFLIGHT = {"Access-Control-Request-Method": "PATCH"}


def client(origins: Sequence[str] = ("*",), *, status: str = "200 OK", **headers: str) -> Client:
    """A client of an application that answers "hello", with these headers."""

    def hello(_: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        start_response(status, [(name.replace("_", "-"), headers[name]) for name in headers])
        return [b"hello"]

    return Client(Envelope(hello, origins))


def logged(capfd: pytest.CaptureFixture[str]) -> dict[str, Any]:
    """The only line of log."""
    line: dict[str, Any] = json.loads(capfd.readouterr().out)
    return line


def of_cors(answer: TestResponse) -> dict[str, str]:
    return {
        name: value
        for name, value in answer.headers.items()
        if name.startswith("Access-Control") or name == "Vary"
    }


def test_hands_on_the_answer_of_the_application() -> None:
    answer = client(status="404 NOT FOUND", Content_Type="text/plain").get("/")
    assert (answer.status, answer.text) == ("404 NOT FOUND", "hello")
    assert answer.headers["Content-Type"] == "text/plain"


@pytest.mark.parametrize("status", ["200 OK", "404 NOT FOUND", "500 INTERNAL SERVER ERROR"])
@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("X-Content-Type-Options", "nosniff"),
        ("Referrer-Policy", "no-referrer"),
        ("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'"),
        ("Access-Control-Allow-Origin", "*"),
    ],
)
def test_puts_its_headers_on_every_answer(status: str, name: str, value: str) -> None:
    assert client(status=status).get("/").headers.getlist(name) == [value]


def test_leaves_an_answer_its_own_policy() -> None:
    answer = client(Content_Security_Policy="default-src 'self'").get("/")
    assert answer.headers.getlist("Content-Security-Policy") == ["default-src 'self'"]


@pytest.mark.parametrize("sent", ["a", "0b61-AZ", "a" * 64])
def test_keeps_the_request_id_of_the_client(sent: str) -> None:
    answer = client().get("/", headers={"X-Request-ID": sent})
    assert answer.headers.getlist("X-Request-ID") == [sent]


@pytest.mark.parametrize("sent", ["", "a" * 65, "a b", "a_b", "a;b", "<a>", "ä", "5\t"])
def test_replaces_a_request_id_that_could_do_harm(sent: str) -> None:
    answer = client().get("/", headers={"X-Request-ID": sent})
    [given] = answer.headers.getlist("X-Request-ID")
    assert given != sent
    assert re.fullmatch("[0-9a-f]{16}", given)


def test_replaces_a_request_id_with_a_line_break() -> None:
    answer = client().get("/", environ_overrides={"HTTP_X_REQUEST_ID": "a\n"})
    assert re.fullmatch("[0-9a-f]{16}", answer.headers["X-Request-ID"])


def test_makes_another_request_id_for_each_request() -> None:
    films = client()
    assert films.get("/").headers["X-Request-ID"] != films.get("/").headers["X-Request-ID"]


@pytest.mark.parametrize("headers", [{}, {"Origin": OURS}, {"Origin": "null"}])
def test_lets_every_origin_read_where_all_are_allowed(headers: dict[str, str]) -> None:
    answer = client().get("/", headers=headers)
    assert answer.headers.getlist("Access-Control-Allow-Origin") == ["*"]


@pytest.mark.parametrize(
    "name", ["Link", "X-Total-Count", "ETag", "Retry-After", "Location", "X-Request-ID"]
)
@pytest.mark.parametrize("allowed", ["*", OURS])
def test_lets_a_page_read_the_headers_that_matter(allowed: str, name: str) -> None:
    answer = client([allowed]).get("/", headers={"Origin": OURS})
    assert name in answer.headers["Access-Control-Expose-Headers"].split(", ")


def test_lets_a_listed_origin_read_and_says_that_it_matters() -> None:
    answer = client(["https://other.example", OURS]).get("/", headers={"Origin": OURS})
    assert answer.headers.getlist("Access-Control-Allow-Origin") == [OURS]
    assert answer.headers.getlist("Vary") == ["Origin"]


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Origin": ""},
        {"Origin": "null"},
        {"Origin": "https://evil.example"},
        {"Origin": "http://films.example"},
        {"Origin": f"{OURS}.evil.example"},
        {"Origin": f"{OURS}:8443"},
        {"Origin": "https://FILMS.example"},
    ],
    ids=str,
)
def test_lets_no_other_origin_read(headers: dict[str, str]) -> None:
    assert of_cors(client([OURS]).get("/", headers=headers)) == {"Vary": "Origin"}


@pytest.mark.parametrize("headers", [{}, {"Origin": OURS}, {"Origin": ""}], ids=str)
def test_lets_nobody_read_where_no_origin_is_allowed(headers: dict[str, str]) -> None:
    assert of_cors(client([]).get("/", headers=headers)) == {"Vary": "Origin"}


def test_keeps_what_else_an_answer_varies_with() -> None:
    answer = client([OURS], Vary="Authorization").get("/", headers={"Origin": OURS})
    assert answer.headers.getlist("Vary") == ["Authorization", "Origin"]


@pytest.mark.parametrize("allowed", ["*", OURS])
def test_never_allows_credentials(allowed: str) -> None:
    answer = client([allowed]).options("/", headers={**PREFLIGHT, "Origin": OURS})
    assert "Access-Control-Allow-Credentials" not in answer.headers


def test_answers_a_preflight_before_the_application() -> None:
    answer = client().options("/", headers={**PREFLIGHT, "Origin": OURS})
    assert (answer.status, answer.data) == ("204 No Content", b"")


@pytest.mark.parametrize("allowed", ["*", OURS])
def test_allows_in_a_preflight_what_the_front_end_sends(allowed: str) -> None:
    answer = client([allowed]).options("/", headers={**PREFLIGHT, "Origin": OURS})
    assert answer.headers["Access-Control-Allow-Origin"] == allowed
    methods = answer.headers["Access-Control-Allow-Methods"].split(", ")
    assert methods == ["GET", "POST", "PUT", "PATCH", "DELETE"]
    headers = answer.headers["Access-Control-Allow-Headers"].split(", ")
    assert {"Authorization", "Content-Type"} <= set(headers)


def test_allows_no_other_origin_in_a_preflight() -> None:
    answer = client([OURS]).options("/", headers={**PREFLIGHT, "Origin": "https://evil.example"})
    assert "Access-Control-Allow-Origin" not in answer.headers


@pytest.mark.parametrize("headers", [{}, {"Origin": OURS}, PREFLIGHT], ids=str)
def test_leaves_other_options_requests_to_the_application(headers: dict[str, str]) -> None:
    assert client().options("/", headers=headers).text == "hello"


def test_puts_its_headers_on_a_preflight_too() -> None:
    answer = client().options("/", headers={**PREFLIGHT, "Origin": OURS, "X-Request-ID": "abc"})
    assert answer.headers["X-Request-ID"] == "abc"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


def test_logs_each_answer_with_its_request_id(capfd: pytest.CaptureFixture[str]) -> None:
    client(status="404 NOT FOUND").put(
        "/films",
        headers={"X-Request-ID": "abc"},
        environ_overrides={"REMOTE_ADDR": "192.0.2.1"},
    )
    line = logged(capfd)
    assert line["milliseconds"] >= 0
    assert {name: line[name] for name in line if name not in ("time", "milliseconds")} == {
        "event": "request",
        "request_id": "abc",
        "ip": "192.0.2.1",
        "method": "PUT",
        "status": 404,
        "route": None,
        "user_id": None,
    }


def test_logs_who_was_calling(capfd: pytest.CaptureFixture[str]) -> None:
    client().get("/", environ_overrides={USER_ID: 7})
    assert logged(capfd)["user_id"] == 7


def test_logs_nothing_of_what_a_view_has_marked(capfd: pytest.CaptureFixture[str]) -> None:
    client().get("/", environ_overrides={UNLOGGED: True})
    assert capfd.readouterr().out == ""


def test_logs_nothing_that_a_client_may_make_as_long_as_it_likes(
    capfd: pytest.CaptureFixture[str],
) -> None:
    long = "X" * 5_000
    client().open(f"/{long}?{long}", method=long, headers={"X-Request-ID": long})
    assert len(capfd.readouterr().out) < 500

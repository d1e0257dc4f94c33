"""What is trusted from proxies: the IP address, the scheme and the path prefix."""

from collections.abc import Iterable
from typing import Any

import pytest
from werkzeug.test import Client

from views.http import ProxyMiddleware

PEER = "10.0.0.1"


def seen(hops: int = 1, script: str = "", **forwarded: str) -> dict[str, str]:
    """Return what the application sees of a client when proxies send these headers."""
    environ: dict[str, str] = {}

    def application(seen: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        environ.update(seen)
        start_response("200 OK", [])
        return []

    sent = {f"HTTP_X_FORWARDED_{name.upper()}": value for name, value in forwarded.items()}
    client = Client(ProxyMiddleware(application, hops))
    client.get("/", environ_overrides={"REMOTE_ADDR": PEER, "SCRIPT_NAME": script, **sent})
    return environ


@pytest.mark.parametrize(
    ("sent", "address"),
    [
        ("192.0.2.1:65535", "192.0.2.1"),
        ("2001:db8::1", "2001:db8::1"),
        ("[2001:db8::1]:4711", "2001:db8::1"),
        ("fe80::1%eth0", "fe80::1"),
        ("::ffff:192.0.2.1", "192.0.2.1"),
        ("198.51.100.7,  192.0.2.1 ", "192.0.2.1"),
    ],
)
def test_an_address_has_one_form_whatever_its_port(sent: str, address: str) -> None:
    assert seen(For=sent)["REMOTE_ADDR"] == address


@pytest.mark.parametrize(
    "junk",
    [
        *("unknown", "192.0.2.1:port", "192.0.2.1:1:2", "999.0.0.1", "[192.0.2.1", "192.0.2"),
        *("٣.0.0.1", "%", "0x7f000001", "2001:db8::1%" + "x" * 60_000, ""),
    ],
    ids=lambda junk: junk[:12],
)
def test_what_is_no_address_is_not_believed(junk: str) -> None:
    assert seen(For=junk)["REMOTE_ADDR"] == PEER


def test_believes_as_many_proxies_as_are_trusted() -> None:
    three = "192.0.2.9, 192.0.2.1:99, 198.51.100.7"
    assert seen(2, For=three)["REMOTE_ADDR"] == "192.0.2.1"
    assert seen(2, For="192.0.2.9")["REMOTE_ADDR"] == PEER


@pytest.mark.parametrize(
    ("sent", "scheme"), [("https", "https"), ("http", "http"), ("javascript", "http")]
)
def test_believes_a_scheme_that_there_is(sent: str, scheme: str) -> None:
    assert seen(Proto=sent)["wsgi.url_scheme"] == scheme


@pytest.mark.parametrize("prefix", ["/films/v1.0", "/a" * 100])
def test_the_prefix_of_the_server_comes_after_that_of_the_proxy(prefix: str) -> None:
    assert seen(script="/api", Prefix=prefix)["SCRIPT_NAME"] == f"{prefix}/api"


@pytest.mark.parametrize(
    "prefix", ["films", "/films/", "//evil.example", "/", "/фильмы", "/a, /b", "/a?b", "/a" * 101]
)
def test_what_is_no_prefix_is_not_believed(prefix: str) -> None:
    assert seen(Prefix=prefix)["SCRIPT_NAME"] == ""

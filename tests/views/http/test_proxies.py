"""Whose IP address is believed."""

from collections.abc import Iterable
from typing import Any

import pytest
from werkzeug.test import Client

from views.http import ProxyMiddleware

PEER = "10.0.0.1"


def seen(hops: int = 1, **forwarded: str) -> tuple[str, str]:
    """The client's IP address and the scheme that the application sees."""

    def application(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        start_response("200 OK", [])
        return [f"{environ['REMOTE_ADDR']} {environ['wsgi.url_scheme']}".encode()]

    sent = {f"X-Forwarded-{name}": value for name, value in forwarded.items()}
    client = Client(ProxyMiddleware(application, hops))
    text = client.get("/", headers=sent, environ_base={"REMOTE_ADDR": PEER}).text
    address, _, scheme = text.rpartition(" ")
    return address, scheme


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
    assert seen(For=sent)[0] == address


@pytest.mark.parametrize(
    "junk",
    [
        *("unknown", "192.0.2.1:port", "192.0.2.1:1:2", "999.0.0.1", "[192.0.2.1", "192.0.2"),
        *("٣.0.0.1", "%", "0x7f000001", "2001:db8::1%" + "x" * 60_000, ""),
    ],
    ids=lambda junk: junk[:12],
)
def test_what_is_no_address_is_not_believed(junk: str) -> None:
    assert seen(For=junk)[0] == PEER


def test_believes_as_many_proxies_as_are_trusted() -> None:
    assert seen(2, For="192.0.2.9, 192.0.2.1:99, 198.51.100.7")[0] == "192.0.2.1"
    assert seen(2, For="192.0.2.9")[0] == PEER


@pytest.mark.parametrize(
    ("sent", "scheme"), [("https", "https"), ("http", "http"), ("javascript", "http")]
)
def test_believes_a_scheme_that_there_is(sent: str, scheme: str) -> None:
    assert seen(Proto=sent)[1] == scheme

"""The client's address, scheme and path prefix, as trusted proxies report them."""

import re
from collections.abc import Iterable
from ipaddress import IPv4Address, ip_address

from werkzeug.middleware.proxy_fix import ProxyFix

from views.http.environ import Environ, StartResponse, WSGIApplication

# Longer than any address with a port.
_ADDRESS_LENGTH = 100

# Some proxies add the port of the connection: `192.0.2.1:4711`, `[2001:db8::1]:4711`.
_WITH_PORT = re.compile(r"\[([^]]*)\](?::[0-9]+)?|([0-9.]+):[0-9]+")

# The prefix that a proxy has stripped from the path (`X-Forwarded-Prefix`). It becomes part of
# links and of cache keys, so its characters and its length are restricted.
_PREFIX = re.compile(r"(/[A-Za-z0-9._~-]+)+")
_PREFIX_LENGTH = 200


class ProxyMiddleware:
    """Takes the client's IP address and scheme from the last `hops` proxies.

    If the reported address is not an IP address, the client is the TCP peer, as without proxies.
    A stripped path prefix is added to every link again.
    """

    def __init__(self, app: WSGIApplication, hops: int) -> None:
        self._app = app
        self._fixed = ProxyFix(self._with_address, x_for=hops, x_proto=hops)

    def __call__(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        return self._fixed(environ, start_response)

    def _with_address(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        connected = environ["werkzeug.proxy_fix.orig"]
        environ["REMOTE_ADDR"] = _normal(environ.get("REMOTE_ADDR", "")) or connected["REMOTE_ADDR"]
        if environ["wsgi.url_scheme"] not in ("http", "https"):
            environ["wsgi.url_scheme"] = connected["wsgi.url_scheme"]
        prefix = environ.get("HTTP_X_FORWARDED_PREFIX", "")
        if len(prefix) <= _PREFIX_LENGTH and _PREFIX.fullmatch(prefix):
            environ["SCRIPT_NAME"] = prefix + environ.get("SCRIPT_NAME", "")
        return self._app(environ, start_response)


def _normal(address: str) -> str | None:
    """Return the canonical form of an IP address, without a port; None if it is not one."""
    if len(address) > _ADDRESS_LENGTH:
        return None
    if found := _WITH_PORT.fullmatch(address):
        address = found[1] or found[2]
    try:
        # A zone id may follow `%`, which can be any text.
        parsed = ip_address(address.partition("%")[0])
    except ValueError:
        return None
    mapped: IPv4Address | None = getattr(parsed, "ipv4_mapped", None)
    return str(mapped or parsed)

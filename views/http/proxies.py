"""What trusted proxies say of the client."""

import re
from collections.abc import Iterable
from ipaddress import IPv4Address, ip_address

from werkzeug.middleware.proxy_fix import ProxyFix

from views.http.environ import Environ, StartResponse, WSGIApplication

# The longest text that can be an address with its port, with something to spare.
_ADDRESS_LENGTH = 100

# Proxies may add the port, which is another one for each connection: `192.0.2.1:4711`,
# `[2001:db8::1]:4711`.
_WITH_PORT = re.compile(r"\[([^]]*)\](?::[0-9]+)?|([0-9.]+):[0-9]+")

# What a proxy has taken from the beginning of the path (`X-Forwarded-Prefix`). It becomes part of
# links, so it has none but these characters, and part of the keys of the response cache.
_PREFIX = re.compile(r"(/[A-Za-z0-9._~-]+)+")
_PREFIX_LENGTH = 200


class ProxyMiddleware:
    """Takes the client's IP address and scheme from as many proxies as are trusted.

    What is no IP address is not believed: the client is then the TCP peer, as without proxies.
    A prefix of the path that they have taken away comes back in every link.
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
    """Return the one form of an IP address, without its port, or None for any other text."""
    if len(address) > _ADDRESS_LENGTH:
        return None
    if found := _WITH_PORT.fullmatch(address):
        address = found[1] or found[2]
    try:
        # Behind `%` is a name for a network, which may be any text.
        parsed = ip_address(address.partition("%")[0])
    except ValueError:
        return None
    mapped: IPv4Address | None = getattr(parsed, "ipv4_mapped", None)
    return str(mapped or parsed)

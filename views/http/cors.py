"""The CORS protocol (Fetch Standard): what pages of other origins may send and read."""

import re

from views.http.environ import Environ, Headers

# What a page of another origin may read, besides the body.
EXPOSED = (
    "Link, X-Total-Count, ETag, Retry-After, Location, Content-Language, Preference-Applied, "
    "X-Request-ID, WWW-Authenticate"
)
ANY_ORIGIN = [("Access-Control-Allow-Origin", "*"), ("Access-Control-Expose-Headers", EXPOSED)]

_ALWAYS_ALLOWED = "Authorization, Content-Type, If-None-Match, X-Request-ID"

# A list of names of headers (RFC 9110, sections 5.1 and 5.6), which cannot break out of its own.
_NAMES = re.compile(r"[\w!#$%&'*+.^`|~-]+([ \t]*,[ \t]*[\w!#$%&'*+.^`|~-]+)*", re.ASCII)
_NAMES_LENGTH = 2000


def is_preflight(environ: Environ) -> bool:
    """Return whether these OPTIONS are a browser's question before a request."""
    return "HTTP_ORIGIN" in environ and "HTTP_ACCESS_CONTROL_REQUEST_METHOD" in environ


def preflight_headers(environ: Environ) -> Headers:
    """Allow what the API knows and whatever is asked for: front ends add headers of their own.

    A star would not do: it does not stand for `Authorization`.
    """
    wanted = environ.get("HTTP_ACCESS_CONTROL_REQUEST_HEADERS", "").strip()
    is_list = len(wanted) <= _NAMES_LENGTH and _NAMES.fullmatch(wanted)
    return [
        ("Access-Control-Allow-Methods", "GET, POST, PUT, PATCH, DELETE"),
        (
            "Access-Control-Allow-Headers",
            f"{_ALWAYS_ALLOWED}, {wanted}" if is_list else _ALWAYS_ALLOWED,
        ),
        ("Access-Control-Max-Age", "86400"),
    ]


def origin_headers(environ: Environ, origins: frozenset[str]) -> Headers:
    """Return what lets one of the origins read the response."""
    origin = environ.get("HTTP_ORIGIN", "")
    if origin not in origins:
        return []
    return [("Access-Control-Allow-Origin", origin), ("Access-Control-Expose-Headers", EXPOSED)]


def varying_with_origin(headers: Headers) -> Headers:
    """Return the headers with `Origin` in the one list of what the response varies with."""
    varies = [value for name, value in headers if name == "Vary"]
    rest = [header for header in headers if header[0] != "Vary"]
    return [*rest, ("Vary", ", ".join([*varies, "Origin"]))]

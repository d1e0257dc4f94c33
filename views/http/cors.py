"""The CORS protocol (Fetch Standard): what pages of other origins may send and read."""

import re

from views.http.environ import Environ, Headers

# Headers that a page of another origin may read.
EXPOSED = (
    "Link, X-Total-Count, ETag, Retry-After, Location, Content-Language, Preference-Applied, "
    "X-Request-ID, WWW-Authenticate"
)
ANY_ORIGIN = [("Access-Control-Allow-Origin", "*"), ("Access-Control-Expose-Headers", EXPOSED)]

_ALWAYS_ALLOWED = "Authorization, Content-Type, If-None-Match, X-Request-ID"

# A list of header names (RFC 9110, sections 5.1 and 5.6); no other text gets into the response.
_NAMES = re.compile(r"[\w!#$%&'*+.^`|~-]+([ \t]*,[ \t]*[\w!#$%&'*+.^`|~-]+)*", re.ASCII)
_NAMES_LENGTH = 2000


def is_preflight(environ: Environ) -> bool:
    """Return whether an OPTIONS request is a CORS preflight."""
    return "HTTP_ORIGIN" in environ and "HTTP_ACCESS_CONTROL_REQUEST_METHOD" in environ


def preflight_headers(environ: Environ) -> Headers:
    """Allow the API's request headers and all others requested: front ends add some.

    A star would not do, because it does not include `Authorization`.
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
    """Return the headers that let an allowed origin read the response."""
    origin = environ.get("HTTP_ORIGIN", "")
    if origin not in origins:
        return []
    return [("Access-Control-Allow-Origin", origin), ("Access-Control-Expose-Headers", EXPOSED)]


def varying_with_origin(headers: Headers) -> Headers:
    """Return the headers with `Origin` added to a single `Vary` header."""
    varies = [value for name, value in headers if name == "Vary"]
    rest = [header for header in headers if header[0] != "Vary"]
    return [*rest, ("Vary", ", ".join([*varies, "Origin"]))]

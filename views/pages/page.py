"""HTML pages, and when a client prefers one."""

from functools import partial
from http import HTTPMethod
from typing import Any

from flask import Response, make_response, render_template, request

from views.http.languages import preferred_language, state_language, translated

# Request headers that decide whether a client prefers a page.
NEGOTIATED = ("Accept", "Sec-Fetch-Mode")

# `data:` because the styles of Swagger UI contain small images.
_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)


def prefers_page() -> bool:
    """Return whether a person has opened the URL in a browser (RFC 9110, section 12.5.1).

    The client has to prefer HTML to JSON; `*/*` prefers neither. Scripts may send the same `Accept`
    header, but browsers mark their requests (Fetch Metadata). Without that mark `Accept` decides.
    """
    if request.method not in (HTTPMethod.GET, HTTPMethod.HEAD):
        return False
    if request.headers.get("Sec-Fetch-Mode", "navigate") != "navigate":
        return False
    accepted = request.accept_mimetypes
    return accepted["text/html"] > accepted["application/json"]


def render_page(template: str, code: int = 200, **values: Any) -> Response:
    """Return a page in the language that the client prefers. `say` translates in templates."""
    language = preferred_language()
    say = partial(translated, language=language)
    page = make_response(render_template(template, language=language, say=say, **values), code)
    page.mimetype = "text/html"
    page.headers["Content-Security-Policy"] = _POLICY
    return state_language(page, language)

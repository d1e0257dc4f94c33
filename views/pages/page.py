"""HTML for people, and when a client wants it."""

from functools import partial
from http import HTTPMethod
from typing import Any

from flask import Response, make_response, render_template, request

from views.http.languages import preferred_language, state_language, translated

# What decides whether a client prefers a page.
NEGOTIATED = ("Accept", "Sec-Fetch-Mode")

# The styles of Swagger UI have small images in them.
_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)


def prefers_page() -> bool:
    """Return whether somebody has opened the address in a browser (RFC 9110, section 12.5.1).

    HTML has to be preferred to JSON: to a client that takes anything (`*/*`) both are equal.
    Scripts of a page may say the same of themselves, but browsers tell them apart (Fetch Metadata);
    those that do not are believed.
    """
    if request.method not in (HTTPMethod.GET, HTTPMethod.HEAD):
        return False
    if request.headers.get("Sec-Fetch-Mode", "navigate") != "navigate":
        return False
    accepted = request.accept_mimetypes
    return accepted["text/html"] > accepted["application/json"]


def render_page(template: str, code: int = 200, **values: Any) -> Response:
    """Return a page in the language that the client prefers, which `say` of the template speaks."""
    language = preferred_language()
    say = partial(translated, language=language)
    page = make_response(render_template(template, language=language, say=say, **values), code)
    page.mimetype = "text/html"
    page.headers["Content-Security-Policy"] = _POLICY
    return state_language(page, language)

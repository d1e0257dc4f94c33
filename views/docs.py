"""The documentation page: flask-restx's own Swagger UI, with a login that needs no copying."""

from __future__ import annotations

from flask import Blueprint, Response, make_response, render_template

from constants import DEMO_EMAIL, DEMO_PASSWORD

DESCRIPTION = f"""
A catalogue of films, with accounts and favorites.

**Try it**: open *auth*, run `POST /auth/login/`, and this page sends the access token with every
request from then on. The server that `./dev run` starts has an account for that: `{DEMO_EMAIL}`
with the password `{DEMO_PASSWORD}`.

**Lists** are plain arrays. With `page` they come in parts of 12 (or `per_page`); `X-Total-Count`
has the length of the whole list, `Link` leads to the pages around.

**Tokens**: an access token lasts for minutes. When a request answers 401, exchange the pair with
`PUT /auth/login/` and try again. Each refresh token works once.

**Errors** have one shape: `message` is for people, and with 400 `errors` has the reasons by field.

Every path works with and without its final slash.
"""

# The page runs Swagger UI, which puts styles and images into the page itself.
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data:; font-src 'self' data:; connect-src 'self'; frame-ancestors 'none'"
)

docs = Blueprint(
    "docs", __name__, template_folder="templates", static_folder="static", static_url_path="/docs"
)


def docs_page() -> Response:
    """Return the page."""
    page = make_response(render_template("docs.html"))
    page.mimetype = "text/html"
    page.headers["Content-Security-Policy"] = POLICY
    return page

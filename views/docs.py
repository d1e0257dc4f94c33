"""The documentation page: flask-restx's own Swagger UI, with a sign-in that needs no copying."""

from __future__ import annotations

from pathlib import Path
from string import Template

from flask import Blueprint, Response, make_response, render_template

import constants

# What the document says of the API as a whole, in Markdown.
DESCRIPTION = Template(Path(__file__).with_name("description.md").read_text("utf-8")).substitute(
    vars(constants)
)

# The page runs Swagger UI, which puts styles and images into the page itself.
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data:; font-src 'self' data:; connect-src 'self'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)

docs = Blueprint(
    "docs", __name__, template_folder="templates", static_folder="static", static_url_path="/docs"
)


def docs_page() -> Response:
    """Return the page; its form has the demo account filled in."""
    page = make_response(
        render_template("docs.html", email=constants.DEMO_EMAIL, password=constants.DEMO_PASSWORD)
    )
    page.mimetype = "text/html"
    page.headers["Content-Security-Policy"] = POLICY
    return page

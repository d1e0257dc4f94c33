"""The API described: two documents for programs, and a page with Swagger UI for people."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from pathlib import Path
from string import Template
from typing import Any

from flask import Blueprint, Flask, Response, make_response, render_template
from flask_restx.swagger import Swagger

import constants
from views.guard import PUBLIC
from views.http.openapi import Api, JSONResponse, arranged, cacheable, json_response, openapi

# What the documents say of the API as a whole, in Markdown.
DESCRIPTION = Template(Path(__file__).with_name("description.md").read_text("utf-8")).substitute(
    vars(constants)
)

# The page runs Swagger UI, which puts styles and images into the page itself.
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data:; font-src 'self' data:; connect-src 'self'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)


def init_docs(app: Flask, api: Api) -> None:
    """Serve the page, and both documents: each is made once, when it is first requested."""

    @cache
    def swagger() -> dict[str, Any]:
        return arranged(Swagger(api).as_dict())

    _serve(app, "/swagger.json", "specs", swagger)
    _serve(app, "/openapi.json", "openapi", lambda: openapi(swagger()))
    app.add_url_rule("/docs/", "doc", _page)
    app.register_blueprint(
        Blueprint(
            "docs",
            __name__,
            template_folder="templates",
            static_folder="static",
            static_url_path="/docs",
        )
    )


def _serve(app: Flask, path: str, endpoint: str, make: Callable[[], dict[str, Any]]) -> None:
    body = cache(lambda: json_response(make()).get_data())
    app.add_url_rule(path, endpoint, lambda: cacheable(JSONResponse(body()), PUBLIC))


def _page() -> Response:
    """Return the page; its form has the demo account filled in."""
    page = make_response(
        render_template("docs.html", email=constants.DEMO_EMAIL, password=constants.DEMO_PASSWORD)
    )
    page.mimetype = "text/html"
    page.headers["Content-Security-Policy"] = POLICY
    return page

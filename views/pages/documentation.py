"""The documentation on `/docs/`, where every operation can be tried."""

from importlib import resources
from pathlib import Path

from flask import Flask, Response

from constants import DEMO_EMAIL, DEMO_PASSWORD
from implemented import services
from views.pages.page import render_page
from views.pages.static_files import StaticFiles

_SWAGGER_UI = StaticFiles(
    "swagger_ui",
    resources.files("flask_swagger_ui") / "dist",
    ("swagger-ui-bundle.js", "swagger-ui.css"),
    url_prefix="/docs/swagger-ui",
)
_FILES = StaticFiles(
    "docs",
    Path(__file__).with_name("docs"),
    ("bar.css", "docs.css", "docs.js", "session.js"),
    url_prefix="/docs/static",
)


def init_documentation(app: Flask) -> None:
    """Serve the page under the endpoint that flask-restx reserves for it."""
    app.register_blueprint(_SWAGGER_UI)
    app.register_blueprint(_FILES)
    app.add_url_rule("/docs/", "doc", _documentation)


def _documentation() -> Response:
    """Return the page, whose form is prefilled with the demo account if it exists."""
    if services.users.is_registered(DEMO_EMAIL):
        return render_page("docs.html", email=DEMO_EMAIL, password=DEMO_PASSWORD)
    return render_page("docs.html")

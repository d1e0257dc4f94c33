"""The catalogue on `/`, and its files."""

from functools import partial
from pathlib import Path

from flask import Flask, Response

from views.guard import PUBLIC
from views.http import cacheable
from views.pages.page import render_page
from views.pages.static_files import StaticFiles

_FOLDER = Path(__file__).with_name("static")
_NAMES = sorted(path.name for path in _FOLDER.iterdir())
_MODULES = [name for name in _NAMES if name.endswith(".js")]

# Modules import each other by relative paths, so all of them have the version in the path of the
# first one.
_FILES = StaticFiles("pages", _FOLDER, _NAMES, url_prefix="/pages", template_folder="templates")
_DAY = "public, max-age=86400"


def init_catalogue(app: Flask) -> None:
    """Serve the catalogue under the endpoint that flask-restx reserves for its root."""
    app.register_blueprint(_FILES)
    # Browsers request it for responses that name no icon, such as JSON.
    app.add_url_rule("/favicon.ico", "icon", partial(_FILES.respond, "favicon.ico", _DAY))
    app.endpoint("root")(_catalogue)


def _catalogue() -> Response:
    """Return the page. It needs no database, because its scripts request the data from the API."""
    return cacheable(render_page("catalogue.html", modules=_MODULES), PUBLIC)

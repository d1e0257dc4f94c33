"""The catalogue on `/`, and its files."""

from __future__ import annotations

import mimetypes
from hashlib import blake2b
from pathlib import Path

from flask import Blueprint, Flask, Response

from views.guard import PUBLIC
from views.http.openapi import cacheable
from views.pages.page import render_page

_FILES = sorted(Path(__file__).with_name("static").iterdir())
_MODULES = [path.name for path in _FILES if path.suffix == ".js"]

# Part of the path of every file. Modules import each other by relative paths, so all of them are
# of the version that the page names, however long caches store them.
_VERSION = blake2b(b"".join(path.read_bytes() for path in _FILES), digest_size=6).hexdigest()

_DAY = 24 * 60 * 60
_ICON = "favicon.ico"


class _Pages(Blueprint):
    def get_send_file_max_age(self, filename: str | None) -> int:
        """Return how many seconds caches may store a file without asking."""
        return _DAY if filename == _ICON else 365 * _DAY


pages = _Pages(
    "pages",
    __name__,
    template_folder="templates",
    static_folder="static",
    static_url_path=f"/pages/{_VERSION}",
)


def init_pages(app: Flask) -> None:
    """Serve the catalogue where flask-restx has its root."""
    # Windows may name another type, with which browsers refuse a module.
    mimetypes.add_type("text/javascript", ".js")
    app.register_blueprint(pages)
    app.endpoint("root")(_catalogue)


def _catalogue() -> Response:
    """Return the page. It comes without the database: it requests all it shows from the API."""
    return cacheable(render_page("catalogue.html", modules=_MODULES), PUBLIC)


@pages.get(f"/{_ICON}")
def _icon() -> Response:
    """Return the icon that browsers ask for where no page names one, as beside JSON."""
    return pages.send_static_file(_ICON)

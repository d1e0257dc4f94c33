"""Rib: pages for people: the catalogue on `/`, the documentation, and the page of a 404.

They are HTML, CSS and modules of JavaScript without a build step. The catalogue is a client of the
API like any other, so it is the example to read before you write one; `static/api.js` is where to
begin. The documentation is Swagger UI with a bar of ours (`docs/`). A reader of the server may
ignore it all: the views know only that a 404 may be a page. It is worth a first look at the films,
and a first request, without a front end of one's own.
"""

from flask import Flask

from views.pages.catalogue import init_catalogue
from views.pages.documentation import init_documentation
from views.pages.page import NEGOTIATED, prefers_page, render_page

__all__ = ["NEGOTIATED", "init_pages", "prefers_page", "render_page"]


def init_pages(app: Flask) -> None:
    """Serve the catalogue and the documentation, with their files."""
    init_catalogue(app)
    init_documentation(app)

"""Rib: pages for people: the catalogue on `/`, the documentation, and the 404 page.

They are HTML, CSS and JavaScript modules without a build step. The catalogue is an ordinary client
of the API, so it can serve as an example; begin with `static/api.js`. The documentation is Swagger
UI with a sign-in bar of our own (`docs/`). You can ignore the folder when you work on the server:
the views only know that a 404 may be a page. The pages let you browse films and try requests
without a front end.
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

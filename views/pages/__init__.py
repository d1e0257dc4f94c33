"""Rib: pages for people: the catalogue on `/`, and what a browser gets where there is nothing.

The catalogue is HTML, CSS and modules of JavaScript without a build step. It is a client of the
API like any other, so it is the example to read before you write one; `static/api.js` is where to
begin. A reader of the server may ignore it: the views know only that a 404 may be a page. It is
worth a first look at the films without a front end of one's own.
"""

from views.pages.catalogue import init_pages
from views.pages.page import NEGOTIATED, prefers_page, render_page

__all__ = ["NEGOTIATED", "init_pages", "prefers_page", "render_page"]

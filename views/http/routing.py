"""Paths: their slashes, and ids in them."""

from collections.abc import Iterable

from werkzeug.routing import BaseConverter

from constants import MAX_ID
from helpers.numbers import ascii_int
from views.http.environ import Environ, StartResponse, WSGIApplication


class Id(BaseConverter):
    """An id of ASCII digits; Werkzeug's own `int` also takes the digits of other scripts.

    Zeros may stand in front, but not without end: the response cache keeps paths of posters.
    """

    regex = "[0-9]{1,100}"

    def to_python(self, value: str) -> int:
        return ascii_int(value, MAX_ID) or 0  # Neither is the id of anything: 404.


class FinalSlashMiddleware:
    """Lets a path without its final slash stand for the one with it; names of files stay.

    Several slashes in front stand for one, as they do for Werkzeug: links that began with two would
    lead to another host, and each number of them would be a URL of its own for the cache.

    All routes end in a slash. With `strict_slashes` off instead, Werkzeug forgets which methods the
    shorter form has: 404 where 405 is due, and OPTIONS without `Allow`.
    """

    def __init__(self, app: WSGIApplication) -> None:
        self._app = app

    def __call__(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        path = environ.get("PATH_INFO", "")
        if path.startswith("//"):
            environ["PATH_INFO"] = f"/{path.lstrip('/')}"
        _, _, name = path.rpartition("/")
        if name and "." not in name:
            environ["PATH_INFO"] += "/"
        return self._app(environ, start_response)

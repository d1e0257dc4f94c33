"""Paths: their final slash, and the ids in them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from werkzeug.routing import BaseConverter

from constants import MAX_ID
from helpers.numbers import ascii_int


class Id(BaseConverter):
    """An id of ASCII digits; Werkzeug's own `int` also takes the digits of other scripts."""

    regex = "[0-9]+"

    def to_python(self, value: str) -> int:
        return ascii_int(value, MAX_ID) or 0  # Neither is the id of anything: 404.


class FinalSlash:
    """Lets a path without its final slash stand for the one with it; names of files stay.

    All routes end in a slash. With `strict_slashes` off instead, Werkzeug forgets which methods the
    shorter form has: 404 where 405 is due, and OPTIONS without `Allow`.
    """

    def __init__(self, app: Callable[..., Iterable[bytes]]) -> None:
        self._app = app

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        _, _, name = environ.get("PATH_INFO", "").rpartition("/")
        if name and "." not in name:
            environ["PATH_INFO"] += "/"
        return self._app(environ, start_response)

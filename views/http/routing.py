"""The path converter of ids."""

from flask import Flask
from werkzeug.routing import BaseConverter

from constants import MAX_ID
from helpers.numbers import ascii_int
from views.http.middleware import before_request


class Id(BaseConverter):
    """Ids in ASCII digits; Werkzeug's own `int` also takes the digits of other scripts.

    The number of leading zeros is bounded, because the response cache stores paths of posters.
    """

    regex = "[0-9]{1,100}"

    def to_python(self, value: str) -> int:
        return ascii_int(value, MAX_ID) or 0  # No row has the id 0 or MAX_ID.


def init_routing(app: Flask) -> None:
    """Register the converter of ids, and the part of the middleware that runs inside Flask."""
    app.url_map.merge_slashes = False
    app.url_map.converters["int"] = Id
    app.before_request(before_request)

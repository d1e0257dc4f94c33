"""Ids in paths."""

from werkzeug.routing import BaseConverter

from constants import MAX_ID
from helpers.numbers import ascii_int


class Id(BaseConverter):
    """An id of ASCII digits; Werkzeug's own `int` also takes the digits of other scripts.

    Zeros may stand in front, but not without end: the response cache keeps paths of posters.
    """

    regex = "[0-9]{1,100}"

    def to_python(self, value: str) -> int:
        return ascii_int(value, MAX_ID) or 0  # Neither is the id of anything: 404.

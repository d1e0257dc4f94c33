"""Ids in paths."""

from __future__ import annotations

from werkzeug.routing import BaseConverter, ValidationError

from constants import MAX_ID


class Id(BaseConverter):
    """An id of ASCII digits; Werkzeug's own `int` also takes the digits of other scripts."""

    regex = "[0-9]+"

    def to_python(self, value: str) -> int:
        digits = value.lstrip("0")
        if len(digits) > len(str(MAX_ID)) or int(digits or "0") > MAX_ID:
            raise ValidationError  # Nothing has such an id: 404.
        return int(digits or "0")

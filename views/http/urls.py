"""URLs in responses."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import quote

from flask import request
from marshmallow import fields


class URLOrPath(fields.String):
    """A URL that is stored, or where none is a path of this server, with the `id` beside it.

    Like `Link` and `Location` the path has the prefix that a proxy took away, so that clients can
    resolve all of them in one way: against the URL of the response (RFC 3986, section 5).
    """

    def __init__(self, path: str, *, example: str) -> None:
        description = "A URL, to be resolved against that of the response."
        documented = {"description": description, "format": "uri-reference", "example": example}
        super().__init__(required=True, metadata=documented)
        self._before_id, self._after_id = path.split("{id}")

    def resolver(self, prefix: str) -> Callable[[str, int], str]:
        """Return what makes the value of what is stored and the id, below a prefix of the path."""
        before, after = quote(prefix) + self._before_id, self._after_id
        return lambda url, row_id: url or f"{before}{row_id}{after}"

    def get_value(self, obj: Any, attr: str, accessor: Any = None, default: Any = None) -> Any:
        url: Any = super().get_value(obj, attr, accessor, default)
        row_id: Any = super().get_value(obj, "id", accessor, default)
        return self.resolver(request.script_root)(url, row_id)

"""Reading the body of the current request."""

from __future__ import annotations

from typing import Any
from urllib.parse import parse_qsl

from flask import request
from werkzeug.exceptions import BadRequest, LengthRequired, UnsupportedMediaType

from helpers import strict_json

FORM = "application/x-www-form-urlencoded"


def read_body(*, or_form: bool) -> dict[str, Any]:
    """Return the members of a JSON object, or the fields of a form where one may come.

    Raises an HTTPException: 400, 411, 413 or 415.
    """
    # Without a length the server would cut a body that is too large, and no one would notice.
    if request.content_type and request.content_length is None:
        raise LengthRequired("Send the body with a Content-Length.")
    if or_form and request.mimetype == FORM:
        return _read_form(request.get_data())
    if not request.is_json:
        raise UnsupportedMediaType("Send the body as application/json.")
    try:
        body = strict_json.loads(request.get_data())
    except ValueError as error:
        raise BadRequest(f"The body is not valid JSON: {error}.") from error
    if not isinstance(body, dict):
        raise BadRequest("The body must be a JSON object.")
    return body


def _read_form(body: bytes) -> dict[str, Any]:
    # Werkzeug's own parser keeps bytes that are no UTF-8 as if they had been typed that way.
    try:
        pairs = parse_qsl(
            body.decode("ascii"),
            keep_blank_values=True,
            strict_parsing=bool(body),
            errors="strict",
            max_num_fields=100,
        )
    except ValueError as error:
        raise BadRequest("The form is not well encoded.") from error
    form = dict(pairs)
    if len(form) < len(pairs):
        raise BadRequest("A field appears twice in the form.")
    return form

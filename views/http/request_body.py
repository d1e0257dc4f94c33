"""Reading the body of the current request."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import parse_qsl

import orjson
from flask import request
from werkzeug.exceptions import BadRequest, LengthRequired, UnsupportedMediaType

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
        body = parse_json(request.get_data())
    except ValueError as error:
        raise BadRequest(f"The body is not valid JSON: {error}.") from error
    if not isinstance(body, dict):
        raise BadRequest("The body must be a JSON object.")
    return body


def parse_json(body: bytes) -> Any:
    """Parse JSON as RFC 8259 has it, without what Python's parser lets through.

    Raises ValueError where it is not UTF-8 or not JSON, is nested too deeply, names a member
    twice, or has a number that is not finite or a lone surrogate.
    """
    orjson.loads(body)  # Refuses all of that but a name that appears twice, and loses large ids.
    try:
        return json.loads(body, object_pairs_hook=_unique)
    except RecursionError as error:  # Python's limit is a little lower than orjson's.
        raise ValueError("it is nested too deeply") from error


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    members = dict(pairs)
    if len(members) < len(pairs):
        raise ValueError("a name appears twice in one object")
    return members


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

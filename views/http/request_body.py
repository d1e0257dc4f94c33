"""Request bodies: received in front of Flask, parsed for the views."""

from io import BytesIO
from typing import IO, Any
from urllib.parse import parse_qsl

from flask import request
from werkzeug.exceptions import (
    BadRequest,
    HTTPException,
    RequestEntityTooLarge,
    UnsupportedMediaType,
)
from werkzeug.wsgi import get_content_length

from constants import MAX_BODY_BYTES
from helpers.strict_json import parse_json
from views.http.environ import FAILURE, UNREAD_BODY, Environ

FORM = "application/x-www-form-urlencoded"

# Methods that ignore a body. It is left unread.
_WITHOUT_BODY = {"GET", "HEAD", "OPTIONS"}


def receive_body(environ: Environ) -> None:
    """Read a body with a length, or in chunks (RFC 9112, section 6), into memory.

    Flask then sees a body with a length. A body that is refused stays unread, and its error, 400 or
    413, is left for Flask to raise.
    """
    try:
        _check_framing(environ)
        if environ["REQUEST_METHOD"] in _WITHOUT_BODY:
            environ[UNREAD_BODY] = True
            return
        body = _receive(environ)
    except HTTPException as error:
        environ[FAILURE] = error
        environ[UNREAD_BODY] = True
        body = b""
    environ.pop("HTTP_TRANSFER_ENCODING", None)
    environ["CONTENT_LENGTH"] = str(len(body))
    environ["wsgi.input"] = BytesIO(body)


def _check_framing(environ: Environ) -> None:
    if environ.get("CONTENT_LENGTH") and environ.get("HTTP_TRANSFER_ENCODING"):
        # A proxy may see the end of the request elsewhere: request smuggling (section 11.2).
        raise BadRequest("Send either Content-Length or Transfer-Encoding, not both.")


def _receive(environ: Environ) -> bytes:
    length = get_content_length(environ)
    if length is not None and length > MAX_BODY_BYTES:
        raise RequestEntityTooLarge
    body = _read(environ["wsgi.input"], MAX_BODY_BYTES + 1 if length is None else length)
    if len(body) > MAX_BODY_BYTES:
        raise RequestEntityTooLarge
    if length is not None and len(body) < length:
        raise BadRequest("The body is shorter than its Content-Length.")
    return body


def _read(stream: IO[bytes], most: int) -> bytes:
    body = b""
    try:
        while len(body) < most and (piece := stream.read(most - len(body))):
            body += piece
    except (OSError, ValueError) as error:  # Malformed chunks, or the client is gone.
        raise BadRequest("The body could not be read to its end.") from error
    return body


def read_body(*, or_form: bool) -> dict[str, Any]:
    """Return the members of a JSON object, or the fields of a form if one is allowed.

    Raises an HTTPException: 400 or 415.
    """
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


def _read_form(body: bytes) -> dict[str, Any]:
    # Werkzeug's parser keeps escapes that are not UTF-8 (`%FF`) as text instead of refusing them.
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

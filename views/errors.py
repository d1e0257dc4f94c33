"""The only error handlers: one table of statuses, one JSON body for all errors."""

import errno
from collections.abc import Iterable
from http import HTTPStatus

from flask import Flask, current_app
from marshmallow import ValidationError
from werkzeug.exceptions import HTTPException, ServiceUnavailable
from werkzeug.wrappers import Response

from constants import RETRY_SECONDS
from helpers.database import UnusableDatabase
from service import errors
from views.http import json_response
from views.http.languages import in_preferred_language, state_language
from views.pages import NEGOTIATED, prefers_page, render_page

STATUS: dict[type[errors.ServiceError], int] = {
    errors.InvalidInput: 400,
    errors.NotAuthenticated: 401,
    errors.BadToken: 401,
    errors.NotFound: 404,
    errors.Conflict: 409,
    errors.TooManyAttempts: 429,
}

# Error numbers of a full disk, quota or file table: large responses are built in temporary files.
_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EMFILE, errno.ENFILE}


def init_errors(app: Flask, unavailable: Iterable[type[Exception]]) -> None:
    """Register the handlers; `unavailable` are the errors of an unavailable database."""
    app.register_error_handler(errors.ServiceError, _service_error)
    app.register_error_handler(ValidationError, _validation_error)
    app.register_error_handler(HTTPException, _http_exception)
    for error in unavailable:
        app.register_error_handler(error, _unavailable)
    app.register_error_handler(OSError, _os_error)


def _service_error(error: errors.ServiceError) -> Response:
    reasons = error.errors if isinstance(error, errors.InvalidInput) else str(error)
    response = _body(STATUS[type(error)], reasons)
    if isinstance(error, errors.NotAuthenticated):
        # RFC 6750, section 3: an error code only if the request had a token.
        code = ', error="invalid_token"' if isinstance(error, errors.BadToken) else ""
        response.headers["WWW-Authenticate"] = f'Bearer realm="Kinoteka"{code}'
    if isinstance(error, errors.TooManyAttempts):
        response.headers["Retry-After"] = str(error.retry_after)
    return response


def _validation_error(error: ValidationError) -> Response:
    return _body(400, error.normalized_messages())


def _http_exception(error: HTTPException) -> Response:
    response = _body(error.code or 500, error.description or error.name)
    for name, value in error.get_headers():
        if name != "Content-Type":
            response.headers[name] = value
    return response


def _unavailable(error: Exception) -> Response:
    if isinstance(error, UnusableDatabase):
        current_app.logger.error("The database cannot be used.", exc_info=error)
        return _retry_later(str(error))
    current_app.logger.error("The database does not answer.", exc_info=error)
    return _retry_later("The database does not answer. Try again in a moment.")


def _os_error(error: OSError) -> Response:
    if error.errno not in _FULL:
        raise error
    current_app.logger.error("There is no room for an answer.", exc_info=error)
    return _retry_later("The server has no room for this answer. Try again later.")


def _retry_later(message: str) -> Response:
    return _http_exception(ServiceUnavailable(message, retry_after=RETRY_SECONDS))


def _body(status: int, reasons: str | dict[str, list[str]]) -> Response:
    """Return the body of an error in the client's language: a sentence, or several by field."""
    localized, language = in_preferred_language(reasons)
    if status == HTTPStatus.NOT_FOUND and prefers_page():
        response = render_page("not_found.html", status, message=localized)
    elif isinstance(localized, str):
        response = json_response({"message": localized}, status)
    else:
        sentences = (f"{field}: {' '.join(texts)}" for field, texts in localized.items())
        response = json_response({"message": " ".join(sentences), "errors": localized}, status)
    if status == HTTPStatus.NOT_FOUND:
        response.vary.update(NEGOTIATED)
    return state_language(response, language)

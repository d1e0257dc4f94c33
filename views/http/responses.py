"""Responses as this API writes them."""

from collections.abc import Mapping
from typing import Any

import orjson
from flask import Response

from views.http.cache import entity_tag


class JSONResponse(Response):
    """A response that is JSON by default, also for OPTIONS."""

    default_mimetype = "application/json"


def json_response(
    value: Any, code: int = 200, headers: Mapping[str, str] | None = None
) -> Response:
    """Return a JSON response: UTF-8, without spaces."""
    return JSONResponse(orjson.dumps(value), code, headers)


def empty_response(code: int) -> Response:
    """Return a response without a body and without a content type."""
    response = JSONResponse(status=code)
    del response.headers["Content-Type"]
    return response


def cacheable(response: Response, cache_control: str) -> Response:
    """Set `Cache-Control`, and the entity tag for conditional requests."""
    response.headers["ETag"] = entity_tag(response.get_data())
    response.headers["Cache-Control"] = cache_control
    return response

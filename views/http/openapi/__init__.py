"""Rib: one declaration of a shape, from which its validation, its JSON and its documents follow.

`takes`, `returns`, `lists` and `fails` are a route's contract; Swagger 2.0 and OpenAPI 3.1 are
made of what they say. A reader may ignore how: a route reads as what it does. It is worth one
place for every fact that clients see, where flask-restx alone would need a second model of each
schema.
"""

from views.http.openapi.decorators import Api, Namespace
from views.http.openapi.openapi31 import OPTIONAL_SECURITY, openapi
from views.http.openapi.responses import (
    JSONResponse,
    cacheable,
    empty_response,
    json_response,
)
from views.http.openapi.swagger import Output, View, arranged, document, failures

__all__ = [
    "OPTIONAL_SECURITY",
    "Api",
    "JSONResponse",
    "Namespace",
    "Output",
    "View",
    "arranged",
    "cacheable",
    "document",
    "empty_response",
    "failures",
    "json_response",
    "openapi",
]

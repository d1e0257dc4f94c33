"""Rib: one declaration of a shape, which validates, serializes and documents.

`takes`, `returns`, `lists`, `draws` and `fails` declare a route's contract; the documents in
Swagger 2.0 and OpenAPI 3.1 are generated from them. You can ignore how: a route reads as what it
does. Every fact that clients see stands in one place, where flask-restx alone would need a second
model of each schema.
"""

from views.http.openapi.decorators import Api, Namespace
from views.http.openapi.openapi31 import OPTIONAL_SECURITY, openapi
from views.http.openapi.swagger import Output, View, arranged, document, failures

__all__ = [
    "OPTIONAL_SECURITY",
    "Api",
    "Namespace",
    "Output",
    "View",
    "arranged",
    "document",
    "failures",
    "openapi",
]

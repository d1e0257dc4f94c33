"""The Swagger side of a marshmallow schema: apispec turns it into a definition."""

from __future__ import annotations

from collections.abc import Callable
from http import HTTPStatus
from typing import Any

from apispec import APISpec
from apispec.ext.marshmallow import MarshmallowPlugin
from apispec.ext.marshmallow.openapi import OpenAPIConverter
from flask_restx.utils import merge
from marshmallow import Schema, fields

View = Callable[..., Any]

# What flask-restx documents: description, model and headers by status.
Responses = dict[str, tuple[str, Any, dict[str, Any]]]

# What a status means to a client; the message in the body says more.
_FAILURES = {
    400: "The input is not valid; `errors` has the reasons by field.",
    401: "Nobody is signed in, or the credentials are not valid.",
    404: "There is no such thing.",
    409: "Something else has what was asked for.",
    411: "The body has no `Content-Length`.",
    413: "The body is too large.",
    415: "The body is of another content type.",
    429: "Too many attempts; try again after `Retry-After` seconds.",
    503: "The database does not answer; try again after `Retry-After` seconds.",
}


class Error(Schema):
    """The body of every answer that is an error."""

    message = fields.String(
        required=True,
        metadata={"description": "What is wrong, for people.", "example": "What is wrong."},
    )


class InputError(Error):
    """The body of a 400. What is no JSON at all has no fields to name."""

    errors = fields.Dict(
        keys=fields.String(),
        values=fields.List(fields.String()),
        metadata={
            "description": "The reasons by field.",
            "example": {"page": ["Write a whole number with the digits 0-9."]},
        },
    )


def document(view: View, **doc: Any) -> View:
    """Add to what the Swagger document says of a view, and return the view."""
    view.__apidoc__ = merge(getattr(view, "__apidoc__", {}), doc)  # type: ignore[attr-defined]
    return view


_plugin = MarshmallowPlugin()
_spec = APISpec(title="", version="", openapi_version="2.0", plugins=[_plugin])
_converter: OpenAPIConverter = _plugin.converter  # type: ignore[assignment]  # Made just now.


def define(schema: Schema) -> str:
    """Return the name of the schema's Swagger definition, made on first use."""
    reference: dict[str, str] = _converter.resolve_nested_schema(schema)
    return reference["$ref"].rpartition("/")[2]


_ERROR, _INPUT_ERROR = define(Error()), define(InputError())


def definitions() -> dict[str, dict[str, Any]]:
    """Return every definition made so far, by name."""
    made: dict[str, dict[str, Any]] = _spec.components.schemas
    return made


def failures(*codes: int) -> Responses:
    """Return what the document says of errors with these statuses."""
    return {
        str(code): (_FAILURES[code], _INPUT_ERROR if code == HTTPStatus.BAD_REQUEST else _ERROR, {})
        for code in codes
    }


def query_parameters(schema: Schema) -> dict[str, Any]:
    """Return what the document says of a query, by parameter."""
    parameters = _converter.schema2parameters(schema, location="query")
    return {parameter["name"]: parameter for parameter in parameters}

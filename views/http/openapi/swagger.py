"""The Swagger document: definitions that apispec makes of schemas, responses and parameters."""

from collections.abc import Callable, Mapping
from http import HTTPStatus
from typing import Any

from apispec import APISpec
from apispec.ext.marshmallow import MarshmallowPlugin
from apispec.ext.marshmallow.openapi import OpenAPIConverter
from flask_restx.utils import merge
from marshmallow import EXCLUDE, Schema, fields

View = Callable[..., Any]

# The form in which flask-restx documents responses: description, model and headers by status.
Responses = dict[str, tuple[str, Any, dict[str, Any]]]

# Headers by name: a description, or a Swagger header object.
Headers = Mapping[str, Any]


def _header_parameter(name: str, description: str) -> dict[str, Any]:
    return {name: {"in": "header", "type": "string", "description": description}}


# The meaning of each error status; the message in the body says more.
_FAILURES = {
    400: "The input is not valid; `errors` has the reasons by field.",
    401: "Nobody is signed in, or the credentials are not valid.",
    404: "There is no such thing.",
    409: "Something else has what was asked for.",
    413: "The body is too large.",
    414: "The query is too long.",
    415: "The body is of another content type.",
    429: "Too many attempts; try again after `Retry-After` seconds.",
    500: "Something went wrong here that is not your fault.",
    503: "The database does not answer; try again after `Retry-After` seconds.",
}

# Headers of errors.
_RETRY_AFTER = {"Retry-After": {"description": "Seconds to wait.", "type": "integer"}}
_HEADERS: dict[int, Headers] = {
    401: {"WWW-Authenticate": "The scheme, and what is wrong with a token (RFC 6750)."},
    429: _RETRY_AFTER,
    503: _RETRY_AFTER,
}

# Request headers: one for every request, one for responses with an entity tag. The former also
# works around openapi-python-client's issue 1451: where a body may be JSON or a form, it forgets an
# import unless the operation has an optional parameter.
_REQUEST_ID = _header_parameter(
    "X-Request-ID",
    "Your own name for the request, of at most 64 of `A-Z a-z 0-9 -`. "
    "The answer repeats it, or has one of ours; so does the log.",
)
_IF_NONE_MATCH = _header_parameter(
    "If-None-Match", "The `ETag` of what you have: if that is still current, the answer is 304."
)
_PREFER = _header_parameter(
    "Prefer", "`handling=strict`: a parameter that the API does not know is an error."
)

# Headers of lists, and of responses with an entity tag.
LIST_HEADERS: Headers = {
    "X-Total-Count": {"description": "Length of the whole list.", "type": "integer"},
    "Link": "With `page`: where `first`, `prev`, `next` and `last` are (RFC 8288).",
}
_CONDITIONAL: Headers = {"ETag": "Of this body, for `If-None-Match`."}

_KEYS_OF_PATH = ("parameters", "get", "post", "put", "patch", "delete")


class Output(Schema):
    """A schema of responses. Clients must ignore unknown fields, since later versions add some."""

    class Meta:
        unknown = EXCLUDE


class Error(Output):
    """The body of every error."""

    message = fields.String(
        required=True,
        metadata={"description": "What is wrong, for people.", "example": "What is wrong."},
    )


class InputError(Error):
    """The body of a 400. `errors` is missing if the request body could not be read at all."""

    errors = fields.Dict(
        keys=fields.String(),
        values=fields.List(fields.String()),
        metadata={
            "description": "The reasons by field.",
            "example": {"page": ["Write a whole number with the digits 0-9."]},
        },
    )


def document(view: View, **doc: Any) -> View:
    """Add to the Swagger documentation of a view, and return the view."""
    view.__apidoc__ = merge(getattr(view, "__apidoc__", {}), doc)  # type: ignore[attr-defined]
    return view


_plugin = MarshmallowPlugin()
_spec = APISpec(title="", version="", openapi_version="2.0", plugins=[_plugin])
_converter: OpenAPIConverter = _plugin.converter  # type: ignore[assignment]  # Made just now.


def define(schema: Schema) -> str:
    """Return the name of the schema's Swagger definition, which is made on first use."""
    reference: dict[str, str] = _converter.resolve_nested_schema(schema)
    return reference["$ref"].rpartition("/")[2]


_ERROR, _INPUT_ERROR = define(Error()), define(InputError())


def definitions() -> dict[str, dict[str, Any]]:
    """Return all definitions made so far, by name."""
    made: dict[str, dict[str, Any]] = _spec.components.schemas
    return made


def failures(*codes: int) -> Responses:
    """Return the documentation of errors with these statuses."""
    return {
        str(code): (
            _FAILURES[code],
            _INPUT_ERROR if code == HTTPStatus.BAD_REQUEST else _ERROR,
            {"headers": _HEADERS[code]} if code in _HEADERS else {},
        )
        for code in codes
    }


def document_response(
    view: View,
    code: int,
    description: str,
    model: Any,
    headers: Headers,
    *,
    has_tag: bool = False,
) -> View:
    """Document a response, with the request headers and errors that belong to it."""
    sends, meets = _REQUEST_ID, failures(400, 414, 500, 503)
    if has_tag:
        sends, headers = _IF_NONE_MATCH | sends, {**headers, **_CONDITIONAL}
        meets = {"304": ("What you have is current.", None, {"headers": headers})} | meets
    response: Responses = {str(code): (description, model, {"headers": headers} if headers else {})}
    return document(view, params=sends, responses=response | meets)


def query_parameters(schema: Schema) -> dict[str, Any]:
    """Return the documentation of a query's parameters, by name, and of `Prefer`."""
    parameters = _converter.schema2parameters(schema, location="query")
    return {parameter["name"]: parameter for parameter in parameters} | _PREFER


def arranged(document: Mapping[str, Any]) -> dict[str, Any]:
    """Return flask-restx's document in an order that is the same in every process.

    flask-restx takes methods from a set, and definitions in the order of their first use.
    """
    paths = {
        path: {key: _arranged_operation(item[key]) for key in _KEYS_OF_PATH if key in item}
        for path, item in document["paths"].items()
    }
    return {
        **document,
        "paths": paths,
        "definitions": dict(sorted(document["definitions"].items())),
    }


def _arranged_operation(operation: Any) -> Any:
    if "responses" not in operation:
        return operation  # The parameters of the path.
    # An explicit empty list, because linters take a missing one for forgotten.
    responses = dict(sorted(operation["responses"].items()))
    return {"security": [], **operation, "responses": responses}

"""marshmallow schemas as the one declaration of a shape: they validate, serialize and document.

flask-restx draws the Swagger document from its own models. Here apispec turns a schema into such
a model (`Namespace.schema_model`), so that no field is ever declared a second time.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import wraps
from typing import Any, Protocol
from urllib.parse import quote, urlencode

import flask_restx
from flask import Response, request, url_for
from marshmallow import Schema

from helpers.bodies import read_body
from helpers.swagger import (
    Responses,
    View,
    define,
    definitions,
    document,
    failures,
    query_parameters,
)

Decorator = Callable[[View], View]


class Listed(Protocol):
    """A list, or one page of it."""

    @property
    def items(self) -> Sequence[Any]: ...
    @property
    def total(self) -> int: ...
    @property
    def neighbors(self) -> Mapping[str, int]: ...


class JSONResponse(Response):
    """An answer is JSON where nothing else is said, as for OPTIONS."""

    default_mimetype = "application/json"


class Api(flask_restx.Api):
    """A flask-restx API that leaves all errors to Flask's handlers, and its root to the docs."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.error_handlers.clear()

    def error_router(self, original_handler: Callable[[Exception], Any], error: Exception) -> Any:
        return original_handler(error)

    def render_root(self) -> Any:
        response = _empty(302)
        response.headers["Location"] = url_for(self.endpoint("doc"))
        return response


class Namespace(flask_restx.Namespace):
    """A namespace whose routes are declared with `takes`, `returns`, `lists` and `fails`."""

    def takes(self, schema: Schema, location: str = "json", *, or_form: bool = False) -> Decorator:
        """Load the "json" body or the "query" with the schema, and pass the result on.

        Raises marshmallow.ValidationError, or an HTTPException where the body cannot be read.
        """

        def decorate(view: View) -> View:
            @wraps(view)
            def loading(*args: Any, **kwargs: Any) -> Any:
                given = (
                    request.args.to_dict() if location == "query" else read_body(or_form=or_form)
                )
                return view(*args, schema.load(given), **kwargs)

            if location == "query":
                document(loading, params=query_parameters(schema), responses=failures(400))
            else:
                document(
                    loading,
                    expect=[self._define(schema)],
                    responses=failures(400, 411, 413, 415),
                )
            return loading

        return decorate

    def returns(
        self, schema: Schema | None, code: int = 200, description: str = "Success"
    ) -> Decorator:
        """Answer with what the view returns, dumped with the schema; without one, with no body.

        The view may return headers too: a tuple of result and dict.
        """

        def decorate(view: View) -> View:
            @wraps(view)
            def dumping(*args: Any, **kwargs: Any) -> Any:
                result = view(*args, **kwargs)
                if schema is None:
                    return _empty(code)
                found, headers = result if isinstance(result, tuple) else (result, {})
                return schema.dump(found), code, headers

            model = self._define(schema) if schema else None
            answer: Responses = {str(code): (description, model, {})}
            return document(dumping, responses=answer | failures(503))

        return decorate

    def lists(self, schema: Schema) -> Decorator:
        """Answer with the array of what a `Listed` holds; headers tell of the rest of the list."""

        def decorate(view: View) -> View:
            @wraps(view)
            def listing(*args: Any, **kwargs: Any) -> Any:
                listed: Listed = view(*args, **kwargs)
                headers = {"X-Total-Count": str(listed.total)}
                if listed.neighbors:
                    headers["Link"] = _links(listed.neighbors)
                return schema.dump(listed.items, many=True), 200, headers

            headers = {
                "X-Total-Count": {"description": "Length of the whole list.", "type": "integer"},
                "Link": "With `page`: where `first`, `prev`, `next` and `last` are (RFC 8288).",
            }
            answer: Responses = {"200": ("Success", [self._define(schema)], {"headers": headers})}
            return document(listing, responses=answer | failures(503))

        return decorate

    def fails(self, *codes: int) -> Decorator:
        """Document statuses that a service error may lead to."""
        return lambda view: document(view, responses=failures(*codes))

    def _define(self, schema: Schema) -> Any:
        """Return the Swagger definition of a schema, and register all that it refers to."""
        name = define(schema)
        for known, definition in definitions().items():
            self.schema_model(known, definition)
        return self.models[name]


def _links(neighbors: Mapping[str, int]) -> str:
    path = quote(request.script_root + request.path)
    queries = {
        relation: urlencode({**request.args.to_dict(), "page": number})
        for relation, number in neighbors.items()
    }
    return ", ".join(f'<{path}?{query}>; rel="{rel}"' for rel, query in queries.items())


def _empty(code: int) -> Response:
    response = JSONResponse(status=code)
    del response.headers["Content-Type"]
    return response

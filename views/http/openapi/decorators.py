"""marshmallow schemas as the one declaration of a shape: they validate, serialize and document.

flask-restx draws the Swagger document from its own models. Here apispec turns a schema into such
a model (`Namespace.schema_model`), so that no field is ever declared a second time.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial, wraps
from typing import Any

import flask_restx
import orjson
from flask import Response, request, url_for
from marshmallow import Schema

from views.http.cache.spooled import spool
from views.http.lists import PUBLIC, list_answer, public_list_answer, to_response
from views.http.openapi.openapi31 import OR_FORM
from views.http.openapi.swagger import (
    LIST_HEADERS,
    View,
    answers,
    define,
    definitions,
    document,
    failures,
    query_parameters,
)
from views.http.request_body import read_body

Decorator = Callable[[View], View]


class JSONResponse(Response):
    """An answer is JSON where nothing else is said, as for OPTIONS."""

    default_mimetype = "application/json"


def json_response(
    value: Any, code: int = 200, headers: Mapping[str, str] | None = None
) -> Response:
    """Return the one way in which this API writes JSON: UTF-8, without spaces."""
    return JSONResponse(orjson.dumps(value), code, headers)


def storable(response: Response) -> Response:
    """Let an answer be stored anywhere, if whoever stores it asks whether it has changed."""
    _, response.headers["ETag"] = spool([response.get_data()])
    response.headers["Cache-Control"] = PUBLIC
    return response


class Api(flask_restx.Api):
    """A flask-restx API that leaves all errors to Flask's handlers, and its root to the docs."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.error_handlers.clear()
        self.representation("application/json")(json_response)

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
                    vendor={OR_FORM: True} if or_form else {},
                )
            return loading

        return decorate

    def returns(
        self,
        schema: Schema | None,
        code: int = 200,
        description: str = "Success",
        *,
        public: bool = False,
        headers: Mapping[str, str] | None = None,
    ) -> Decorator:
        """Answer with what the view returns, dumped with the schema; without one, with no body.

        The view may return headers too: a tuple of result and dict; `headers` says what they mean.
        What is public may be stored anywhere, if whoever stores it asks whether it has changed.
        """

        def decorate(view: View) -> View:
            @wraps(view)
            def dumping(*args: Any, **kwargs: Any) -> Any:
                result = view(*args, **kwargs)
                if schema is None:
                    return _empty(code)
                found, carried = result if isinstance(result, tuple) else (result, {})
                response = json_response(schema.dump(found), code, carried)
                return storable(response) if public else response

            model = self._define(schema) if schema else None
            return answers(dumping, code, description, model, headers or {}, public=public)

        return decorate

    def lists(self, schema: Schema, *, public: bool = False) -> Decorator:
        """Answer with the array of what a `Listed` holds; headers tell of the rest of the list.

        What is public is the same for everybody, and kept until the catalogue changes. Its view
        takes the query last.
        """

        def decorate(view: View) -> View:
            @wraps(view)
            def listing(*args: Any, **kwargs: Any) -> Any:
                find = partial(view, *args, **kwargs)
                if public:
                    return to_response(public_list_answer(find, args[-1], schema))
                return to_response(list_answer(find(), schema))

            model = [self._define(schema)]
            return answers(listing, 200, "Success", model, LIST_HEADERS, public=public)

        return decorate

    def named(self, name: str) -> Decorator:
        """Name the operation, as generated clients will name their function for it."""
        return lambda view: document(view, id=name)

    def fails(self, *codes: int) -> Decorator:
        """Document statuses that a service error may lead to."""
        return lambda view: document(view, responses=failures(*codes))

    def _define(self, schema: Schema) -> Any:
        """Return the Swagger definition of a schema, and register all that it refers to."""
        name = define(schema)
        for known, definition in definitions().items():
            self.schema_model(known, definition)
        return self.models[name]


def _empty(code: int) -> Response:
    response = JSONResponse(status=code)
    del response.headers["Content-Type"]
    return response

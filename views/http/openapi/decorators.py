"""Decorators that declare a route's contract by marshmallow schemas.

flask-restx generates the Swagger document from its own models. apispec turns each schema into such
a model (`Namespace.schema_model`), so no field is declared twice.
"""

from collections.abc import Callable, Mapping
from functools import lru_cache, partial, wraps
from types import MappingProxyType
from typing import Any

import flask_restx
from flask import Flask, request
from marshmallow import Schema

from views.http.environ import PARAMETERS
from views.http.lists import ItemSchema, respond_with_list
from views.http.openapi.openapi31 import OR_FORM
from views.http.openapi.swagger import (
    LIST_HEADERS,
    View,
    define,
    definitions,
    document,
    document_response,
    failures,
    query_parameters,
)
from views.http.pictures import respond_with_picture
from views.http.request_body import read_body
from views.http.responses import JSONResponse, cacheable, empty_response, json_response
from views.http.row_serializer import serialize

Decorator = Callable[[View], View]

# How many loaded queries of a list are remembered, of at most 2,000 bytes each.
_QUERIES = 500


class Api(flask_restx.Api):
    """A flask-restx API that leaves all errors to Flask's handlers."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.error_handlers.clear()
        self.representation("application/json")(json_response)

    def error_router(self, original_handler: Callable[[Exception], Any], error: Exception) -> Any:
        return original_handler(error)

    def _register_apidoc(self, app: Flask) -> None:
        """Leave out flask-restx's own page, which ours replaces."""


class Namespace(flask_restx.Namespace):
    """A namespace whose routes are declared with `takes`, `returns`, `lists`, `draws`, `fails`."""

    def takes(self, schema: Schema, *, or_form: bool = False) -> Decorator:
        """Load the JSON body with the schema, and pass it on as the argument `body`.

        Raises marshmallow.ValidationError, or an HTTPException if the body cannot be read.
        """

        def decorate(view: View) -> View:
            @wraps(view)
            def taking(*args: Any, **kwargs: Any) -> Any:
                return view(*args, body=schema.load(read_body(or_form=or_form)), **kwargs)

            return document(
                taking,
                expect=[self._define(schema)],
                responses=failures(400, 413, 415),
                vendor={OR_FORM: True} if or_form else {},
            )

        return decorate

    def returns(
        self,
        schema: Schema | None,
        code: int = 200,
        description: str = "Success",
        *,
        cache_control: str | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> Decorator:
        """Serialize the view's result with the schema; without a schema, send no body.

        The view may return headers too, as a tuple of result and dict; `headers` describes them.
        With `cache_control`, the value of that header, caches may store the response, and it gets
        an entity tag for conditional requests.
        """

        def decorate(view: View) -> View:
            @wraps(view)
            def dumping(*args: Any, **kwargs: Any) -> Any:
                result = view(*args, **kwargs)
                if schema is None:
                    return empty_response(code)
                value, added = result if isinstance(result, tuple) else (result, {})
                response = json_response(serialize(schema, value, request.script_root), code, added)
                return cacheable(response, cache_control) if cache_control else response

            model = self._define(schema) if schema else None
            return document_response(
                dumping, code, description, model, headers or {}, has_tag=bool(cache_control)
            )

        return decorate

    def lists(
        self, schema: ItemSchema, query_schema: Schema, *, cache_control: str | None = None
    ) -> Decorator:
        """Respond with the rows of the `Page` that the view returns, and paging headers.

        With `int` instead of a schema the rows have one column, and the array has its numbers.

        The query is loaded with its schema, and passed on as the argument `query`. With
        `cache_control` the list is public, and cached until the catalogue changes. Raises
        marshmallow.ValidationError.
        """
        known = tuple(query_schema.load_fields)

        @lru_cache(maxsize=_QUERIES)
        def load(given: tuple[tuple[str, str], ...]) -> Mapping[str, Any]:
            loaded: dict[str, Any] = query_schema.load(dict(given))
            return MappingProxyType(loaded)

        def decorate(view: View) -> View:
            @wraps(view)
            def listing(*args: Any, **kwargs: Any) -> Any:
                sent = request.args.to_dict()
                given = {name: sent[name] for name in known if name in sent}
                request.environ[PARAMETERS] = given
                query = load(tuple(given.items()))
                find = partial(view, *args, query=query, **kwargs)
                return respond_with_list(find, query, schema, cache_control)

            model = [self._define(schema) if isinstance(schema, Schema) else schema]
            document_response(
                listing, 200, "Success", model, LIST_HEADERS, has_tag=bool(cache_control)
            )
            params = query_parameters(query_schema)
            return document(listing, params=params, responses=failures(400))

        return decorate

    def draws(self, media_type: str, *, cache_control: str) -> Decorator:
        """Respond with the picture that the view returns, cached until the catalogue changes."""

        def decorate(view: View) -> View:
            @wraps(view)
            def drawing(*args: Any, **kwargs: Any) -> Any:
                draw = partial(view, *args, **kwargs)
                return respond_with_picture(draw, media_type, cache_control)

            document_response(drawing, 200, "Success", str, {}, has_tag=True)
            return document(drawing, produces=[media_type, JSONResponse.default_mimetype])

        return decorate

    def fails(self, *codes: int) -> Decorator:
        """Document statuses that a service error may lead to."""
        return lambda view: document(view, responses=failures(*codes))

    def _define(self, schema: Schema) -> Any:
        """Return the Swagger definition of a schema, and register those that it refers to."""
        name = define(schema)
        for known, definition in definitions().items():
            self.schema_model(known, definition)
        return self.models[name]

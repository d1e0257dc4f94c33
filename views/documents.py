"""The API described for programs: as flask-restx does, in Swagger 2.0, and in OpenAPI 3.1."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any

from flask import Flask
from flask_restx.swagger import Swagger

from views.http.openapi.decorators import Api, JSONResponse, json_response, storable
from views.http.openapi.openapi31 import openapi
from views.http.openapi.swagger import arranged


def init_documents(app: Flask, api: Api) -> None:
    """Serve both documents. Each is made once, when it is first asked for."""

    @cache
    def swagger() -> dict[str, Any]:
        return arranged(Swagger(api).as_dict())

    _serve(app, "/swagger.json", "specs", swagger)
    _serve(app, "/openapi.json", "openapi", lambda: openapi(swagger()))


def _serve(app: Flask, path: str, endpoint: str, make: Callable[[], dict[str, Any]]) -> None:
    body = cache(lambda: json_response(make()).get_data())
    app.add_url_rule(path, endpoint, lambda: storable(JSONResponse(body())))

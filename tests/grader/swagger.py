"""The documentation of the small backend, as Swagger 2.0 or as OpenAPI 3."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tests.grader.backend import Backend

_BODIES = {
    "post /auth/register": ["email", "password"],
    "post /auth/login": ["email", "password"],
    "put /auth/login": ["access_token", "refresh_token"],
    "patch /user": ["name", "surname"],
    "put /user/password": ["old_password", "new_password"],
}
_OTHERS = [
    *(f"get /{kind}{one}" for kind in ("movies", "genres", "directors") for one in ("", "/{id}")),
    "get /user",
    "get /favorites/movies",
    "post /favorites/movies/{id}",
    "delete /favorites/movies/{id}",
]


def document(backend: Backend) -> dict[str, Any]:
    is_swagger = backend.choices.openapi == "/swagger.json"
    paths: dict[str, Any] = {}
    schemas: dict[str, Any] = {}
    for name in (*_BODIES, *_OTHERS):
        method, _, path = name.partition(" ")
        if backend.has("undocumented") and name == "put /auth/login":
            continue
        operation: dict[str, Any] = {"responses": {"200": {"description": "Good."}}}
        if path.startswith(("/user", "/favorites")) and not backend.has("no padlocks"):
            operation["security"] = [{"bearer": []}]
        if name in _BODIES and not backend.has("no bodies"):
            key = f"Body{len(schemas)}"
            schemas[key] = {"properties": {field: {"type": "string"} for field in _BODIES[name]}}
            if is_swagger:
                body = {"in": "body", "name": "payload", "schema": {"$ref": f"#/definitions/{key}"}}
                operation["parameters"] = [body]
            else:
                operation["requestBody"] = _json_body(f"#/components/schemas/{key}")
        paths.setdefault(f"{path}/", {})[method] = operation
    if is_swagger:
        return {"swagger": "2.0", "basePath": "/", "paths": paths, "definitions": schemas}
    return {"openapi": "3.1.0", "paths": paths, "components": {"schemas": schemas}}


def _json_body(reference: str) -> dict[str, Any]:
    return {"content": {"application/json": {"schema": {"allOf": [{"$ref": reference}]}}}}

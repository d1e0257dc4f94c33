"""Translates our Swagger 2.0 document into OpenAPI 3.1, which client generators read.

Keywords that our document does not use are refused instead of dropped: otherwise the translation
could silently say less.

Standards: OpenAPI 2.0 and 3.1.0 (spec.openapis.org), JSON Schema 2020-12.
"""

from collections.abc import Mapping
from typing import Any

Json = dict[str, Any]

# Vendor extension of an operation whose body may also be a form. Swagger 2.0 cannot describe an
# operation that takes either a form or JSON.
OR_FORM = "x-or-form"

# Vendor extension with the name of a security scheme that is optional for the operation.
OPTIONAL_SECURITY = "x-optional-security"

_FORM = "application/x-www-form-urlencoded"
_JSON = "application/json"
_METHODS = ("get", "put", "post", "delete", "options", "head", "patch")

_TOKEN = {"type": "apiKey", "in": "header", "name": "Authorization"}

# Keywords that mean the same in both.
_SAME_OF_OPERATION = {"tags", "summary", "description", "operationId", "security", "deprecated"}
_SAME_OF_PARAMETER = {"name", "in", "description", "required"}
_SAME_OF_SCHEMA = {"type", "format", "title", "description", "default", "enum", "required"}
_SAME_OF_SCHEMA |= {"minimum", "maximum", "minLength", "maxLength", "pattern", "readOnly"}
_SAME_OF_SCHEMA |= {"minItems", "maxItems", "uniqueItems", "minProperties", "maxProperties"}


def openapi(swagger: Mapping[str, Any]) -> Json:
    """Return a Swagger 2.0 document as OpenAPI 3.1. Raises ValueError for unknown keywords."""
    definitions = swagger.get("definitions", {})
    schemes = swagger.get("securityDefinitions", {})
    return {
        "openapi": "3.1.0",
        "info": swagger["info"],
        "servers": [{"url": _server(swagger)}],
        "tags": swagger.get("tags", []),
        # Paths are served with and without the final slash. Linters expect them without.
        "paths": {
            path.rstrip("/") or "/": _path_item(item, swagger)
            for path, item in swagger["paths"].items()
        },
        "components": {
            "schemas": {name: _schema(schema) for name, schema in definitions.items()},
            "securitySchemes": {name: _security(scheme) for name, scheme in schemes.items()},
        },
    }


def _server(swagger: Mapping[str, Any]) -> str:
    return f"{swagger['schemes'][0]}://{swagger['host']}{swagger['basePath']}".rstrip("/")


def _path_item(item: Json, swagger: Mapping[str, Any]) -> Json:
    made: Json = {}
    for key, value in item.items():
        if key == "parameters":
            made[key] = [_parameter(parameter) for parameter in value]
        elif key in _METHODS:
            made[key] = _operation(value, swagger)
        else:
            raise _unknown(key)
    return made


def _operation(operation: Json, swagger: Mapping[str, Any]) -> Json:
    consumes = operation.get("consumes", swagger.get("consumes", []))
    produces = operation.get("produces", swagger.get("produces", []))
    made: Json = {}
    for key, value in operation.items():
        if key in _SAME_OF_OPERATION:
            made[key] = value
        elif key == "parameters":
            if others := [_parameter(one) for one in value if one["in"] != "body"]:
                made[key] = others
            for body in (one for one in value if one["in"] == "body"):
                made["requestBody"] = _body(body, consumes)
        elif key == "responses":
            made[key] = {status: _response(one, produces) for status, one in value.items()}
        elif key == OPTIONAL_SECURITY:
            made["security"] = [{}, {value: []}]
        elif key not in (OR_FORM, "consumes", "produces"):
            raise _unknown(key)
    if operation.get(OR_FORM):
        content = made["requestBody"]["content"]
        content[_FORM] = {"schema": _inline(content[_JSON]["schema"], swagger)}
    return made


def _inline(reference: Json, swagger: Mapping[str, Any]) -> Json:
    """Return the referenced schema itself.

    Generated clients choose the media type by the type of the body. With one reference for both
    media types, they would send JSON as a form.
    """
    return _schema(swagger["definitions"][reference["$ref"].rpartition("/")[2]])


def _body(parameter: Json, media_types: list[str]) -> Json:
    content = {media_type: {"schema": _schema(parameter["schema"])} for media_type in media_types}
    return {"required": parameter.get("required", False), "content": content}


def _response(response: Json, media_types: list[str]) -> Json:
    made: Json = {"description": response["description"]}
    if "headers" in response:
        made["headers"] = {name: _header(one) for name, one in response["headers"].items()}
    if "schema" in response:
        schema = _schema(response["schema"])
        # Swagger has one list of media types for all responses. Only JSON is not plain text here.
        is_text = schema == {"type": "string"}
        types = [one for one in media_types if (one != _JSON) == is_text]
        made["content"] = {media_type: {"schema": schema} for media_type in types}
    return made


def _parameter(parameter: Json) -> Json:
    if parameter["in"] not in ("query", "header", "path"):
        raise _unknown(f"in: {parameter['in']}")
    made = {key: value for key, value in parameter.items() if key in _SAME_OF_PARAMETER}
    rest = {key: value for key, value in parameter.items() if key not in _SAME_OF_PARAMETER}
    if "x-example" in rest:  # A common extension: Swagger has no examples of parameters.
        made["example"] = rest.pop("x-example")
    if rest.pop("x-or-integer", False):  # Swagger can name only one type.
        rest["type"] = ["integer", rest["type"]]
    return made | {"schema": _schema(rest)}


def _header(header: Json) -> Json:
    rest = {key: value for key, value in header.items() if key != "description"}
    return {"description": header.get("description", ""), "schema": _schema(rest)}


def _schema(schema: Json) -> Json:
    made: Json = {}
    for key, value in schema.items():
        if key in _SAME_OF_SCHEMA:
            made[key] = value
        elif key == "$ref":
            made[key] = value.replace("#/definitions/", "#/components/schemas/")
        elif key == "example":
            made["examples"] = [value]
        elif key == "properties":
            made[key] = {name: _schema(one) for name, one in value.items()}
        elif key == "allOf":
            made[key] = [_schema(one) for one in value]
        elif key in ("items", "additionalProperties"):
            made[key] = _schema(value) if isinstance(value, dict) else value
        elif key != "x-nullable":
            raise _unknown(key)
    return _or_null(made) if schema.get("x-nullable") else made


def _or_null(schema: Json) -> Json:
    if "type" not in schema:
        return {"anyOf": [schema, {"type": "null"}]}
    enum = {"enum": [*schema["enum"], None]} if "enum" in schema else {}
    return schema | {"type": [schema["type"], "null"]} | enum


def _security(scheme: Json) -> Json:
    """Return the scheme of bearer tokens, which Swagger can only describe as a header.

    A client then takes the token alone and writes the header itself (RFC 6750, section 2.1).
    """
    if not _TOKEN.items() <= scheme.items():
        raise _unknown(scheme["type"])
    return {"type": "http", "scheme": "bearer", "bearerFormat": "JWT"}


def _unknown(what: str) -> ValueError:
    return ValueError(f"There is no translation to OpenAPI 3.1 of {what!r}.")

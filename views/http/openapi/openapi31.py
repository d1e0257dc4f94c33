"""A Swagger 2.0 document said again in OpenAPI 3.1, which generators of clients read.

Both are made of one declaration, so this is a translation and adds nothing. What our own document
does not use is not translated, and refused: silence would make a document that says less.

The standards: OpenAPI 2.0 and 3.1.0 (spec.openapis.org), JSON Schema 2020-12.
"""

from collections.abc import Mapping
from typing import Any

Json = dict[str, Any]

# Of an operation: the vendor extension that says that its body may come as a form, too. Swagger
# knows forms, but no operation that takes either a form or JSON.
OR_FORM = "x-or-form"

# Likewise, the name of the security scheme that an operation does with and without.
OPTIONAL_SECURITY = "x-optional-security"

_FORM = "application/x-www-form-urlencoded"
_JSON = "application/json"
_METHODS = ("get", "put", "post", "delete", "options", "head", "patch")

_TOKEN = {"type": "apiKey", "in": "header", "name": "Authorization"}

# What means the same in both.
_SAME_OF_OPERATION = {"tags", "summary", "description", "operationId", "security", "deprecated"}
_SAME_OF_PARAMETER = {"name", "in", "description", "required"}
_SAME_OF_SCHEMA = {"type", "format", "title", "description", "default", "enum", "required"}
_SAME_OF_SCHEMA |= {"minimum", "maximum", "minLength", "maxLength", "pattern", "readOnly"}
_SAME_OF_SCHEMA |= {"minItems", "maxItems", "uniqueItems", "minProperties", "maxProperties"}


def openapi(swagger: Mapping[str, Any]) -> Json:
    """Return the OpenAPI 3.1 document that says what a Swagger 2.0 document says.

    Raises ValueError for what has no translation here.
    """
    definitions = swagger.get("definitions", {})
    schemes = swagger.get("securityDefinitions", {})
    return {
        "openapi": "3.1.0",
        "info": swagger["info"],
        "servers": [{"url": _server(swagger)}],
        "tags": swagger.get("tags", []),
        # Both forms of a path are served. This one is what linters expect.
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
    """Return the schema itself: generators tell bodies apart by type, and name a type of its own.

    With one reference for both, what is meant as JSON would leave as a form.
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
        # Swagger knows the types of an operation only. Text is none of its JSON, all else is.
        is_text = schema == {"type": "string"}
        types = [one for one in media_types if (one != _JSON) == is_text]
        made["content"] = {media_type: {"schema": schema} for media_type in types}
    return made


def _parameter(parameter: Json) -> Json:
    if parameter["in"] not in ("query", "header", "path"):
        raise _unknown(f"in: {parameter['in']}")
    made = {key: value for key, value in parameter.items() if key in _SAME_OF_PARAMETER}
    rest = {key: value for key, value in parameter.items() if key not in _SAME_OF_PARAMETER}
    if "x-example" in rest:  # Of parameters, Swagger has examples only by this common extension.
        made["example"] = rest.pop("x-example")
    if rest.pop("x-or-integer", False):  # Of two types Swagger can name only one.
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
    """Return the scheme of bearer tokens, of which Swagger knows but the header.

    A client is then given the token, and writes the header itself (RFC 6750, section 2.1).
    """
    if not _TOKEN.items() <= scheme.items():
        raise _unknown(scheme["type"])
    return {"type": "http", "scheme": "bearer", "bearerFormat": "JWT"}


def _unknown(what: str) -> ValueError:
    return ValueError(f"There is no translation to OpenAPI 3.1 of {what!r}.")

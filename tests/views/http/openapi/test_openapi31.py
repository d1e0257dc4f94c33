"""Conversion of Swagger 2.0 to OpenAPI 3.1."""

from copy import deepcopy
from typing import Any

import pytest

from views.http.openapi import openapi
from views.http.openapi.openapi31 import OR_FORM

Json = dict[str, Any]
FORM = "application/x-www-form-urlencoded"
DONE = {"204": {"description": "Done"}}
FILM = {"type": "object", "properties": {"title": {"type": "string"}}}
BODY = {"in": "body", "name": "payload", "required": True, "schema": {"$ref": "#/definitions/Film"}}


def a_document(operation: Json | None = None, **overrides: Any) -> Json:
    return {
        "swagger": "2.0",
        "info": {"title": "Films", "version": "1"},
        "schemes": ["https"],
        "host": "films.example",
        "basePath": "/",
        "consumes": ["application/json"],
        "produces": ["application/json"],
        "paths": {"/films/": {"post": {"responses": DONE, **(operation or {})}}},
        "definitions": {"Film": FILM},
        **overrides,
    }


def translated(operation: Json) -> Json:
    found: Json = openapi(a_document(operation))["paths"]["/films"]["post"]
    return found


def test_a_form_has_the_fields_of_the_body_in_a_schema_of_its_own() -> None:
    found = translated({"parameters": [BODY], OR_FORM: True})
    content = found["requestBody"]["content"]
    assert list(content) == ["application/json", FORM]
    assert content[FORM]["schema"] == FILM
    assert OR_FORM not in found


def test_a_text_that_is_no_json_has_a_type_of_its_own() -> None:
    responses = {
        "200": {"description": "Drawn", "schema": {"type": "string"}},
        "404": {"description": "Not found", "schema": {"$ref": "#/definitions/Film"}},
    }
    operation = {"produces": ["image/svg+xml", "application/json"], "responses": responses}
    made = translated(operation)["responses"]
    assert made["200"]["content"] == {"image/svg+xml": {"schema": {"type": "string"}}}
    assert list(made["404"]["content"]) == ["application/json"]


@pytest.mark.parametrize(
    ("swagger_schema", "expected"),
    [
        ({"type": "string", "example": "Лето"}, {"type": "string", "examples": ["Лето"]}),
        (
            {"type": "string", "enum": ["new"], "x-nullable": True},
            {"type": ["string", "null"], "enum": ["new", None]},
        ),
        (
            {"allOf": [{"$ref": "#/definitions/Film"}], "x-nullable": True},
            {"anyOf": [{"allOf": [{"$ref": "#/components/schemas/Film"}]}, {"type": "null"}]},
        ),
    ],
    ids=["an example is one of several", "a choice lists null", "a reference says it beside"],
)
def test_a_schema_says_it_in_the_words_of_3_1(swagger_schema: Json, expected: Json) -> None:
    document = openapi(a_document(definitions={"Shape": swagger_schema}))
    assert document["components"]["schemas"]["Shape"] == expected


@pytest.mark.parametrize(
    "operation",
    [
        {"parameters": [{"in": "formData", "name": "title", "type": "string"}]},
        {"parameters": [{"in": "query", "name": "ids", "collectionFormat": "csv"}]},
        {"x-of-somebody": True},
        {"responses": {"200": {"description": "", "schema": {"discriminator": "kind"}}}},
    ],
    ids=["a form", "a format of lists", "an extension", "a discriminator"],
)
def test_refuses_what_it_would_have_to_drop(operation: Json) -> None:
    with pytest.raises(ValueError, match=r"There is no translation to OpenAPI 3\.1 of '"):
        translated(operation)


def test_refuses_a_scheme_that_is_no_bearer_token() -> None:
    with pytest.raises(ValueError, match="'basic'"):
        openapi(a_document(securityDefinitions={"password": {"type": "basic"}}))


def test_leaves_the_swagger_document_as_it_is() -> None:
    document = a_document({"parameters": [BODY], OR_FORM: True})
    before = deepcopy(document)
    openapi(document)
    assert document == before

"""The Swagger document is valid and complete, and marks the guarded operations."""

import pytest
from flask import Flask
from flask.testing import FlaskClient
from openapi_spec_validator import OpenAPIV2SpecValidator

from tests.support.openapi import Json, Operations, operations_of

PUBLIC = {
    "GET /movies/",
    "GET /movies/{movie_id}/",
    "GET /movies/{movie_id}/poster.svg",
    "GET /genres/",
    "GET /genres/{genre_id}/",
    "GET /directors/",
    "GET /directors/{director_id}/",
    "POST /auth/register/",
    "POST /auth/login/",
    "PUT /auth/login/",
}

# Routes outside of the documented API: the documents, pages for people, and monitoring.
UNDOCUMENTED = {
    "/",
    "/favicon.ico",
    "/docs/",
    "/swagger.json",
    "/openapi.json",
    "/docs/static/<version>/<filename>",
    "/docs/swagger-ui/<version>/<filename>",
    "/pages/<version>/<filename>",
    "/health/live/",
    "/health/ready/",
}


@pytest.fixture
def document(client: FlaskClient) -> Json:
    found: Json = client.get("/swagger.json").json
    return found


@pytest.fixture
def operations(document: Json) -> Operations:
    return operations_of(document)


def test_the_document_is_valid(document: Json) -> None:
    OpenAPIV2SpecValidator(document).validate()


def test_every_route_is_documented(app: Flask, operations: Operations) -> None:
    routes = {
        f"{method} {rule.rule.replace('<int:', '{').replace('>', '}')}"
        for rule in app.url_map.iter_rules()
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}
        if rule.rule not in UNDOCUMENTED
    }
    assert set(operations) == routes


def test_what_is_not_public_shows_the_padlock_and_answers_401(
    client: FlaskClient, operations: Operations
) -> None:
    for name, operation in operations.items():
        assert operation["security"] == ([] if name in PUBLIC else [{"bearer": []}]), name
        if name not in PUBLIC:
            method, path = name.replace("{movie_id}", "1").split()
            assert client.open(path, method=method).status_code == 401, name
            assert "401" in operation["responses"]


def test_every_error_has_the_shape_of_errors(operations: Operations) -> None:
    for name, operation in operations.items():
        for status, response in operation["responses"].items():
            if status >= "400":
                shape = "InputError" if status == "400" else "Error"
                assert response["schema"] == {"$ref": f"#/definitions/{shape}"}, name

"""The Swagger document is valid, tells the truth about the guard, and forgets nothing."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from openapi_spec_validator import OpenAPIV2SpecValidator

from constants import NAME_LENGTH, PASSWORD_MAX_LENGTH, PASSWORD_MIN_LENGTH
from views import schemas

PUBLIC = {
    ("get", "/movies/"),
    ("get", "/movies/{movie_id}/"),
    ("get", "/genres/"),
    ("get", "/genres/{genre_id}/"),
    ("get", "/directors/"),
    ("get", "/directors/{director_id}/"),
    ("post", "/auth/register/"),
    ("post", "/auth/login/"),
    ("put", "/auth/login/"),
}
METHODS = ("get", "post", "put", "patch", "delete")

# Not part of the API that is documented: the documentation itself, and what machines ask.
UNDOCUMENTED = {
    "/",
    "/docs/",
    "/swagger.json",
    "/openapi.json",
    "/docs/<path:filename>",
    "/swaggerui/<path:filename>",
    "/health/live/",
    "/health/ready/",
}

Operation = tuple[str, str, dict[str, Any]]


@pytest.fixture
def document(client: FlaskClient) -> dict[str, Any]:
    found: dict[str, Any] = client.get("/swagger.json").json
    return found


@pytest.fixture
def operations(document: dict[str, Any]) -> list[Operation]:
    return [
        (method, path, operation)
        for path, item in document["paths"].items()
        for method, operation in item.items()
        if method in METHODS
    ]


def test_the_document_is_valid(document: dict[str, Any]) -> None:
    OpenAPIV2SpecValidator(document).validate()


def test_every_route_is_documented(app: Flask, operations: list[Operation]) -> None:
    def routes() -> Iterator[tuple[str, str]]:
        for rule in app.url_map.iter_rules():
            if rule.rule not in UNDOCUMENTED:
                path = rule.rule.replace("<int:", "{").replace(">", "}")
                methods = (rule.methods or set()) - {"HEAD", "OPTIONS"}
                yield from ((method.lower(), path) for method in methods)

    assert {(method, path) for method, path, _ in operations} == set(routes())


def test_what_is_not_public_shows_the_padlock_and_answers_401(
    client: FlaskClient, operations: list[Operation]
) -> None:
    for method, path, operation in operations:
        visible = (method, path) in PUBLIC
        padlock = operation.get("security", [])
        assert padlock == ([] if visible else [{"bearer": []}]), f"{method} {path}"
        if not visible:
            url = path.replace("{movie_id}", "1")
            assert client.open(url, method=method.upper()).status_code == 401, f"{method} {path}"
            assert "401" in operation["responses"]


def test_every_operation_has_a_summary(operations: list[Operation]) -> None:
    assert all(operation["summary"] for *_, operation in operations)


def test_every_error_has_the_shape_of_errors(operations: list[Operation]) -> None:
    for method, path, operation in operations:
        for status, response in operation["responses"].items():
            if status >= "400":
                shape = "InputError" if status == "400" else "Error"
                assert response["schema"] == {"$ref": f"#/definitions/{shape}"}, f"{method} {path}"


def test_every_field_of_a_body_has_an_example(document: dict[str, Any]) -> None:
    for item in document["paths"].values():
        for method in set(item) & set(METHODS):
            for parameter in item[method].get("parameters", []):
                if parameter["in"] == "body":
                    name = parameter["schema"]["$ref"].rpartition("/")[2]
                    fields = document["definitions"][name]["properties"]
                    assert all("example" in field for field in fields.values()), name


def test_a_length_is_written_once(document: dict[str, Any]) -> None:
    definitions = document["definitions"]
    name = definitions["ProfileChanges"]["properties"]["name"]
    password = definitions["Registration"]["properties"]["password"]
    assert name["maxLength"] == NAME_LENGTH
    assert (password["minLength"], password["maxLength"]) == (
        PASSWORD_MIN_LENGTH,
        PASSWORD_MAX_LENGTH,
    )
    assert schemas.ProfileChanges().validate({"name": "x" * NAME_LENGTH}) == {}
    assert "name" in schemas.ProfileChanges().validate({"name": "x" * (NAME_LENGTH + 1)})

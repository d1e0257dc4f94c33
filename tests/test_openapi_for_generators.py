"""Third-party generators and linters can process both documents."""

from typing import Any

import pytest

from app import create_app
from config import Config
from tests.support.openapi import Json, operations_of


def documents_for(headers: dict[str, str], **settings: Any) -> dict[str, Json]:
    """Return both documents, as a server with these settings sends them for these headers."""
    config = Config(SECRET_KEY="k" * 32, DATABASE_URL="sqlite:///unused", **settings)
    client, names = create_app(config).test_client(), ("swagger", "openapi")
    return {name: client.get(f"/{name}.json", headers=headers).json or {} for name in names}


@pytest.fixture(scope="module")
def documents() -> dict[str, Json]:
    return documents_for({})


@pytest.fixture(params=["swagger", "openapi"])
def document(request: pytest.FixtureRequest, documents: dict[str, Json]) -> Json:
    return documents[request.param]


def test_openapi_marks_operations_without_security(documents: dict[str, Json]) -> None:
    """Swagger cannot express optional authentication, which a film with `is_favorite` needs."""
    swagger, openapi = (
        {name: one["security"] for name, one in operations_of(documents[kind]).items()}
        for kind in ("swagger", "openapi")
    )
    assert openapi == {**swagger, "GET /movies/{movie_id}/": [{}, {"bearer": []}]}


def test_only_request_bodies_are_closed(document: Json) -> None:
    schemas = document.get("definitions") or document["components"]["schemas"]
    closed = {name for name, one in schemas.items() if one.get("additionalProperties") is False}
    assert closed == {
        *("Credentials", "Registration", "Tokens"),
        *("ProfileChanges", "PasswordChange", "AccountDeletion"),
    }


def test_every_id_of_a_path_has_an_example(document: Json) -> None:
    ids = [
        parameter.get("x-example", parameter.get("example"))
        for item in document["paths"].values()
        for parameter in item.get("parameters", [])
    ]
    assert ids == [8, 9, 4, 9, 9]


def test_every_operation_says_what_any_request_may_meet(document: Json) -> None:
    for name, operation in operations_of(document).items():
        statuses = set(operation["responses"])
        assert statuses >= {"400", "414", "500", "503"}, name
        assert "411" not in statuses
        assert ("413" in statuses) == ("415" in statuses), name


def test_no_path_of_openapi_ends_in_a_slash(documents: dict[str, Json]) -> None:
    """Linters report trailing slashes. The server accepts both forms."""
    swagger, openapi = (set(documents[name]["paths"]) for name in ("swagger", "openapi"))
    assert openapi == {path.rstrip("/") for path in swagger}
    assert [path for path in swagger if not path.endswith("/")] == ["/movies/{movie_id}/poster.svg"]


@pytest.mark.parametrize(
    ("settings", "server"),
    [
        ({}, "http://127.0.0.1:25000"),
        ({"HOST": "0.0.0.0", "PORT": 80}, "http://127.0.0.1:80"),  # noqa: S104
        ({"HOST": "::1"}, "http://[::1]:25000"),
        ({"PUBLIC_URL": "https://films.example:8443/api"}, "https://films.example:8443/api"),
    ],
)
def test_the_address_is_that_of_the_settings(settings: Json, server: str) -> None:
    swagger, openapi = documents_for({"Host": "evil.example"}, **settings).values()
    assert openapi["servers"] == [{"url": server}]
    said = f"{swagger['schemes'][0]}://{swagger['host']}{swagger['basePath'].rstrip('/')}"
    assert said == server


def test_a_public_url_with_a_path_has_the_prefix_already() -> None:
    settings = {"PUBLIC_URL": "https://films.example/api", "TRUSTED_PROXIES": 1}
    openapi = documents_for({"X-Forwarded-Prefix": "/api"}, **settings)["openapi"]
    assert openapi["servers"] == [{"url": "https://films.example/api"}]
    assert "](/api/swagger.json)" in openapi["info"]["description"]

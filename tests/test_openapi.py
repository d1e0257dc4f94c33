"""The OpenAPI document is valid, agrees with the Swagger document, and describes the API."""

import subprocess
import sys

import pytest
from flask.testing import FlaskClient
from openapi_spec_validator import OpenAPIV31SpecValidator
from sqlalchemy.orm import Session

from tests.support.builders import a_movie, save
from tests.support.openapi import Json, Operations, operations_of
from tests.support.servers import ROOT, environment

# Names of functions in generated clients. Changing one breaks client programs.
NAMES = {
    "GET /movies/": "list_movies",
    "GET /movies/{movie_id}/": "get_movie",
    "GET /movies/{movie_id}/poster.svg": "get_poster",
    "GET /genres/": "list_genres",
    "GET /genres/{genre_id}/": "get_genre",
    "GET /directors/": "list_directors",
    "GET /directors/{director_id}/": "get_director",
    "POST /auth/register/": "register",
    "POST /auth/login/": "log_in",
    "PUT /auth/login/": "refresh",
    "DELETE /auth/login/": "log_out",
    "GET /user/": "get_profile",
    "PATCH /user/": "change_profile",
    "DELETE /user/": "delete_account",
    "PUT /user/password/": "change_password",
    "GET /favorites/movies/": "list_favorites",
    "GET /favorites/movies/ids/": "list_favorite_ids",
    "GET /favorites/movies/{movie_id}/": "get_favorite",
    "POST /favorites/movies/{movie_id}/": "add_favorite",
    "DELETE /favorites/movies/{movie_id}/": "remove_favorite",
}

CREDENTIALS = {"email": "anna@example.com", "password": "a long sentence is a good one"}

# Headers that only some responses have.
TELLING = {"X-Total-Count", "Link", "ETag", "Location", "Retry-After", "WWW-Authenticate"}

PRINT_DOCUMENT = """
from app import create_app
from config import Config
config = Config(SECRET_KEY="signs nothing".ljust(32, "."), DATABASE_URL="sqlite:///x")
client = create_app(config).test_client()
print(client.get("/swagger.json").text + client.get("/openapi.json").text)
"""


@pytest.fixture
def document(client: FlaskClient) -> Json:
    found: Json = client.get("/openapi.json").json
    return found


@pytest.fixture
def operations(document: Json) -> Operations:
    return operations_of(document)


def test_is_valid_and_every_reference_leads_to_a_schema(document: Json) -> None:
    OpenAPIV31SpecValidator(document).validate()


def test_says_as_much_as_the_swagger_document(client: FlaskClient, operations: Operations) -> None:
    def what_matters(operation: Json) -> Json:
        parameters = {one["name"] for one in operation["parameters"]} - {"payload"}
        same = ("operationId", "summary", "description", "tags")
        return {
            **{key: operation.get(key) for key in same},
            "parameters": parameters,
            "responses": {
                status: (response["description"], set(response.get("headers", {})))
                for status, response in operation["responses"].items()
            },
        }

    swagger = operations_of(client.get("/swagger.json").json)
    assert {name: what_matters(one) for name, one in operations.items()} == {
        name: what_matters(one) for name, one in swagger.items()
    }


def test_names_every_operation_after_what_it_does(operations: Operations) -> None:
    assert {name: operation["operationId"] for name, operation in operations.items()} == NAMES


def test_a_client_that_fills_in_defaults_asks_for_nothing_else(operations: Operations) -> None:
    """`per_page` is 12 if omitted, but sending it without `page` is an error."""
    parameters = [one for operation in operations.values() for one in operation["parameters"]]
    assert [one["name"] for one in parameters if "default" in one["schema"]] == []


@pytest.mark.parametrize(
    ("method", "template", "status", "request_"),
    [
        ("GET", "/movies/", 200, {"query_string": {"page": 1}}),
        ("GET", "/movies/", 304, {"query_string": {"page": 1}, "headers": {"If-None-Match": "*"}}),
        ("GET", "/movies/{movie_id}/", 200, {}),
        ("GET", "/movies/{movie_id}/poster.svg", 200, {}),
        ("GET", "/directors/{director_id}/", 404, {}),
        ("POST", "/auth/register/", 201, {"json": CREDENTIALS}),
        ("POST", "/auth/login/", 401, {"json": CREDENTIALS}),
        ("GET", "/user/", 401, {}),
    ],
)
def test_a_response_has_the_headers_that_are_documented(
    client: FlaskClient,
    session: Session,
    operations: Operations,
    method: str,
    template: str,
    status: int,
    request_: Json,
) -> None:
    movie = a_movie()
    save(session, movie)
    path = template.format(movie_id=movie.id, director_id=movie.director.id + 1)
    response = client.open(path, method=method, **request_)
    told = operations[f"{method} {template}"]["responses"][str(status)]
    assert response.status_code == status
    assert set(response.headers.keys()) & TELLING == set(told.get("headers", {})) & TELLING


@pytest.mark.processes
def test_is_the_same_in_every_process() -> None:
    def printed(hash_seed: str) -> str:
        """Return both documents of a process with this hash seed, which orders sets."""
        return subprocess.run(
            [sys.executable, "-c", PRINT_DOCUMENT],
            cwd=ROOT,
            env=environment("", PYTHONHASHSEED=hash_seed),
            check=True,
            capture_output=True,
            text=True,
        ).stdout.splitlines()[-1]

    one, other = printed("1"), printed("2")
    assert '"openapi":"3.1.0"' in one
    assert one == other

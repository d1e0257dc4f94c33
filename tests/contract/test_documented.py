"""What `/swagger.json` documents is what these checks are about."""

from collections.abc import Iterator

import pytest

from tests.contract.client import Api, Json
from tests.contract.routes import ROUTES, Route
from tests.support.openapi import operations_of

# The ids in paths have longer names there.
IDS = {"{movie_id}": "{film}", "{genre_id}": "{genre}", "{director_id}": "{director}"}
pytestmark = pytest.mark.one_engine


@pytest.fixture(scope="module")
def document(api: Api) -> Json:
    found: Json = api.get("/swagger.json").json()
    return found


@pytest.fixture(scope="module")
def operations(document: Json) -> dict[str, Json]:
    """Each documented operation, by the name that its route has in the table."""
    return {in_the_table(name): operation for name, operation in operations_of(document).items()}


def in_the_table(name: str) -> str:
    for placeholder, short_one in IDS.items():
        name = name.replace(placeholder, short_one)
    return name


def fields(document: Json, operation: Json) -> Iterator[tuple[str, Json]]:
    """The fields of an operation's request body."""
    for parameter in operation["parameters"]:
        if parameter["in"] == "body":
            name = parameter["schema"]["$ref"].rpartition("/")[2]
            yield from document["definitions"][name]["properties"].items()


def test_every_route_is_in_the_table(operations: dict[str, Json]) -> None:
    documented = {name: bool(operation["security"]) for name, operation in operations.items()}
    assert documented == {str(route): route.is_protected for route in ROUTES}


@pytest.mark.parametrize("route", ROUTES, ids=str)
def test_every_query_parameter_is_in_the_table(operations: dict[str, Json], route: Route) -> None:
    documented = {
        parameter["name"]: "integer" if parameter["type"] == "integer" else "string"
        for parameter in operations[str(route)]["parameters"]
        if parameter["in"] == "query"
    }
    numbers = dict.fromkeys(route.query_numbers, "integer")
    assert documented == numbers | dict.fromkeys(route.query_texts, "string")


@pytest.mark.parametrize("route", ROUTES, ids=str)
def test_every_field_is_in_the_table(
    document: Json, operations: dict[str, Json], route: Route
) -> None:
    documented = {
        name: "integer" if "integer" in str(field["type"]) else "string"
        for name, field in fields(document, operations[str(route)])
    }
    numbers = dict.fromkeys(route.number_fields, "integer")
    assert documented == numbers | dict.fromkeys(route.text_fields, "string")

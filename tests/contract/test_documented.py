"""The contract tests cover everything that `/swagger.json` documents."""

import pytest

from tests.contract.client import Api, Json
from tests.contract.routes import ROUTES, Route
from tests.support.openapi import operations_of

pytestmark = pytest.mark.one_engine

REMEDY = "Correct the row in ROUTES of tests/contract/routes.py, or add one."


@pytest.fixture(scope="module")
def document(api: Api) -> Json:
    found: Json = api.get("/swagger.json").json()
    return found


@pytest.fixture(scope="module")
def operations(document: Json) -> dict[str, Json]:
    """The documented operations by their names in the table of routes."""
    found = operations_of(document)
    return {name.replace("_id}", "}").replace("{movie}", "{film}"): found[name] for name in found}


def kinds(fields: dict[str, Json]) -> dict[str, str]:
    return {
        name: "number" if "integer" in fields[name]["type"] else "text" for name in sorted(fields)
    }


def in_table(numbers: tuple[str, ...], texts: tuple[str, ...]) -> dict[str, str]:
    return dict.fromkeys(numbers, "number") | dict.fromkeys(texts, "text")


def test_every_route_is_in_the_table(operations: dict[str, Json]) -> None:
    documented = {name: bool(operation["security"]) for name, operation in operations.items()}
    assert documented == {str(route): route.is_protected for route in ROUTES}, REMEDY


@pytest.mark.parametrize("route", ROUTES, ids=str)
def test_every_parameter_and_field_is_in_the_table(
    document: Json, operations: dict[str, Json], route: Route
) -> None:
    parameters = operations[str(route)]["parameters"]
    query = {one["name"]: one for one in parameters if one["in"] == "query"}
    assert kinds(query) == in_table(route.query_numbers, route.query_texts), REMEDY
    bodies = [one["schema"]["$ref"].rpartition("/")[2] for one in parameters if "schema" in one]
    fields = document["definitions"][bodies[0]]["properties"] if bodies else {}
    assert kinds(fields) == in_table(route.number_fields, route.text_fields), REMEDY

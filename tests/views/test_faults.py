"""Failures behind the views, and the table that maps errors to statuses."""

import errno
from collections.abc import Iterator

import pytest
from flask.testing import FlaskClient
from sqlalchemy import Engine
from sqlalchemy.exc import InterfaceError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from service import errors
from tests.views.conftest import GONE, failing
from views.errors import STATUS

pytestmark = pytest.mark.usefixtures("film")

DOWN = "The database does not answer. Try again in a moment."
FULL = "The server has no room for this answer. Try again later."


def test_every_refusal_of_a_service_has_a_status() -> None:
    def family(error: type[errors.ServiceError]) -> Iterator[type[errors.ServiceError]]:
        for child in error.__subclasses__():
            yield child
            yield from family(child)

    assert set(family(errors.ServiceError)) == set(STATUS)


@pytest.mark.parametrize(
    ("error", "message"),
    [
        (GONE, DOWN),
        (InterfaceError("SELECT 1", {}, Exception("gone")), DOWN),
        (PoolTimeout("no connection"), DOWN),
        (OSError(errno.ENOSPC, "No space left on device"), FULL),
        (OSError(errno.EDQUOT, "Quota exceeded"), FULL),
        (OSError(errno.EMFILE, "Too many open files"), FULL),
    ],
    ids=lambda value: type(value).__name__,
)
@pytest.mark.parametrize("url", ["/movies/", "/movies/?page=1"])
def test_what_will_pass_is_503_until_it_has_passed(
    client: FlaskClient, engine: Engine, url: str, error: Exception, message: str
) -> None:
    with failing(engine, error, "JOIN genres"):
        response = client.get(url)
    assert (response.status_code, response.json) == (503, {"message": message})
    assert response.headers["Retry-After"] == "2"
    assert client.get(url).status_code == 200


def test_a_cached_list_is_503_where_the_revision_is_not_known(
    client: FlaskClient, engine: Engine
) -> None:
    assert client.get("/movies/").status_code == 200
    with failing(engine, GONE, "list_states.revision"):
        response = client.get("/movies/")
    assert (response.status_code, response.headers["Retry-After"]) == (503, "2")
    assert client.get("/movies/").status_code == 200


@pytest.mark.parametrize(
    "error", [OSError(errno.EACCES, "a secret"), RuntimeError("a secret")], ids=repr
)
def test_any_other_fault_is_500_and_tells_nothing(
    client: FlaskClient, engine: Engine, error: Exception
) -> None:
    with failing(engine, error):
        response = client.get("/movies/")
    assert (response.status_code, list(response.json)) == (500, ["message"])
    assert "secret" not in response.text

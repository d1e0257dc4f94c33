import pytest
from flask.testing import FlaskClient
from sqlalchemy import Engine
from sqlalchemy.exc import OperationalError

from tests.views.conftest import failing

pytestmark = pytest.mark.usefixtures("session")

GONE = OperationalError("SELECT 1", {}, Exception("gone"))

both = pytest.mark.parametrize("name", ["live", "ready"])


@both
@pytest.mark.parametrize("slash", ["", "/"])
def test_says_so_where_all_is_well(client: FlaskClient, name: str, slash: str) -> None:
    response = client.get(f"/health/{name}{slash}")
    assert (response.status_code, response.json) == (200, {"status": name})
    assert response.headers["Cache-Control"] == "no-store"
    assert client.head(f"/health/{name}{slash}").data == b""


def test_is_not_ready_while_the_database_is_down(client: FlaskClient, engine: Engine) -> None:
    with failing(engine, GONE):
        response = client.get("/health/ready")
    assert (response.status_code, response.json) == (
        503,
        {"message": "The database does not answer."},
    )
    assert response.headers["Retry-After"] == "2"
    assert response.headers["Cache-Control"] == "no-store"
    assert client.get("/health/ready").status_code == 200


@pytest.mark.parametrize(("name", "sent"), [("live", []), ("ready", ["SELECT 1"])])
def test_sends_as_little_as_it_can(
    client: FlaskClient, statements: list[str], name: str, sent: list[str]
) -> None:
    client.get(f"/health/{name}")
    assert statements == sent


@both
def test_is_not_worth_a_line_of_log(
    client: FlaskClient, name: str, capfd: pytest.CaptureFixture[str]
) -> None:
    client.get(f"/health/{name}")
    assert capfd.readouterr().out == ""

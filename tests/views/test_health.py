"""Health checks."""

import pytest
from flask.testing import FlaskClient
from sqlalchemy import Engine

from tests.views.conftest import GONE, failing

pytestmark = pytest.mark.usefixtures("session")


@pytest.mark.parametrize(("name", "sent"), [("live", []), ("ready", ["SELECT 1"])])
def test_says_so_where_all_is_well_and_leaves_no_line_of_log(
    client: FlaskClient,
    statements: list[str],
    capfd: pytest.CaptureFixture[str],
    name: str,
    sent: list[str],
) -> None:
    response = client.get(f"/health/{name}")
    assert (response.status_code, response.json) == (200, {"status": name})
    assert response.headers["Cache-Control"] == "no-store"
    assert statements == sent
    assert capfd.readouterr().out == ""


def test_is_not_ready_while_the_database_is_down(client: FlaskClient, engine: Engine) -> None:
    with failing(engine, GONE):
        response = client.get("/health/ready")
    message = "The database does not answer."
    assert (response.status_code, response.json) == (503, {"message": message})
    assert (response.headers["Retry-After"], response.headers["Cache-Control"]) == ("2", "no-store")
    assert client.get("/health/ready").status_code == 200

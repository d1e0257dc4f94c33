"""The laboratory as a whole, and that its delays and failures are off elsewhere."""

from collections.abc import Iterator
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from app import create_app
from commands.laboratory import LABORATORY, seed
from config import LabConfig
from constants import DEMO_EMAIL, DEMO_PASSWORD
from helpers.catalogue import seeded_catalogue
from helpers.catalogue.seeded import ACCOUNTS_FAVORITES, MOST_FAVORITES
from helpers.settings import Rate
from service.demo import PEOPLE
from setup_db import db
from tests.conftest import SECRET_KEY
from tests.support.databases import Databases

ALICE = min(PEOPLE)
PASSWORD = "the words of a new sentence"
FIRST_NEW_ID = len(PEOPLE) + 2


def a_lab(url: str, **settings: int) -> Flask:
    """A laboratory that allows one registration a minute."""
    limit = Rate(1, 60)
    return create_app(
        LabConfig(SECRET_KEY=SECRET_KEY, DATABASE_URL=url, LIMIT_REGISTER_IP=limit, **settings)
    )


@pytest.fixture(scope="module")
def lab(databases: Databases) -> Iterator[Flask]:
    made = a_lab(databases.new("sqlite"))
    with made.app_context():
        seed()
    yield made
    with made.app_context():
        db.engine.dispose()


@pytest.fixture
def client(lab: Flask) -> FlaskClient:
    """A client of the reset laboratory, without saved snapshots."""
    made = lab.test_client()
    for name in made.get("/lab/snapshots/").json or ():
        made.delete(f"/lab/snapshots/{name}/")
    assert made.post("/lab/reset/").status_code == 204
    return made


def register(client: FlaskClient, email: str) -> TestResponse:
    return client.post("/auth/register/", json={"email": email, "password": PASSWORD})


def signed_in(client: FlaskClient, email: str) -> dict[str, str]:
    tokens = client.post("/auth/login/", json={"email": email, "password": DEMO_PASSWORD}).json
    return {"Authorization": f"Bearer {tokens['access_token']}"}


def favorites(client: FlaskClient, headers: dict[str, str]) -> list[int]:
    return [film["id"] for film in client.get("/favorites/movies/", headers=headers).json]


def world(client: FlaskClient) -> list[Any]:
    """Return what clients can see of the catalogue and of two users."""
    paths = ("/movies/", "/movies/?sort=popular&page=1", "/genres/", "/directors/")
    seen = [client.get(path) for path in paths]
    for headers in (signed_in(client, DEMO_EMAIL), signed_in(client, ALICE)):
        seen += [client.get(path, headers=headers) for path in ("/user/", "/favorites/movies/")]
    return [response.json for response in seen]


def test_the_seeded_world_has_its_films_people_and_favorites(client: FlaskClient) -> None:
    titles = [movie.title for movie in seeded_catalogue(LABORATORY).movies]
    films = [(film["id"], film["title"]) for film in client.get("/movies/").json]
    assert films == list(enumerate(titles, start=1))
    people = (ALICE, max(PEOPLE), DEMO_EMAIL)
    numbers = [len(favorites(client, signed_in(client, email))) for email in people]
    assert numbers == [MOST_FAVORITES, 0, ACCOUNTS_FAVORITES]


def test_a_reset_brings_everything_back_and_signs_everybody_out(client: FlaskClient) -> None:
    before = world(client)
    alice = signed_in(client, ALICE)
    client.delete(f"/favorites/movies/{favorites(client, alice)[0]}/", headers=alice)
    client.patch("/user/", json={"name": "Anybody", "favorite_genre": 3}, headers=alice)
    demo, body = signed_in(client, DEMO_EMAIL), {"password": DEMO_PASSWORD}
    assert client.delete("/user/", json=body, headers=demo).status_code == 204
    statuses = [register(client, f"{name}@example.com").status_code for name in ("one", "other")]
    assert statuses == [201, 429]

    assert client.post("/lab/reset/").status_code == 204

    assert client.get("/user/", headers=alice).status_code == 401
    assert world(client) == before
    registered = register(client, "other@example.com")
    assert (registered.status_code, registered.json["id"]) == (201, FIRST_NEW_ID)


def test_a_snapshot_keeps_the_world_and_its_sessions(client: FlaskClient) -> None:
    alice = signed_in(client, ALICE)
    client.delete(f"/favorites/movies/{favorites(client, alice)[0]}/", headers=alice)
    kept = favorites(client, alice)
    assert client.put("/lab/snapshots/one/").status_code == 201
    assert client.post("/lab/reset/").status_code == 204
    assert client.get("/user/", headers=alice).status_code == 401

    assert client.post("/lab/snapshots/one").status_code == 204

    assert favorites(client, alice) == kept
    assert client.put("/lab/snapshots/one/").status_code == 204
    assert client.get("/lab/snapshots/").json == ["one"]
    assert client.delete("/lab/snapshots/one/").status_code == 204
    assert client.get("/lab/snapshots/").json == []


def test_what_is_cached_is_of_the_world_that_is_there(client: FlaskClient, lab: Flask) -> None:
    seeded = client.get("/genres/?page=1").json
    lab.extensions["catalogue_revision"].seconds = 3600
    with lab.app_context(), db.engine.begin() as connection:
        connection.exec_driver_sql("UPDATE genres SET name = name || '!'")
        connection.exec_driver_sql("UPDATE list_states SET revision = revision + 1")
    client.put("/lab/snapshots/other/")
    client.post("/lab/reset/")
    assert client.get("/genres/?page=1").json == seeded
    client.post("/lab/snapshots/other/")
    assert client.get("/genres/?page=1").json[0]["name"] == f"{seeded[0]['name']}!"


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [("PUT", "/lab/snapshots/a.b", 400), ("POST", "/lab/snapshots/nothing/", 404)],
)
def test_refuses_what_the_service_refuses(
    client: FlaskClient, method: str, path: str, status: int
) -> None:
    assert client.open(path, method=method).status_code == status


def test_a_failure_has_the_body_and_headers_of_every_error(client: FlaskClient) -> None:
    headers = {"Prefer": "status=503, handling=strict", "Accept-Language": "ru"}
    response = client.get("/movies/?page=1&x=1", headers=headers)
    assert response.status_code == 503
    assert response.json == {"message": "Сервер временно недоступен. Попробуйте позже."}
    assert response.headers["Retry-After"] == "2"
    assert response.headers.getlist("Preference-Applied") == ["status=503"]


def test_an_expired_access_token_can_be_refreshed(client: FlaskClient) -> None:
    response = client.get("/user/", headers={"Prefer": "status=401"})
    assert response.status_code == 401
    assert response.headers["WWW-Authenticate"] == 'Bearer realm="Kinoteka", error="invalid_token"'


def test_after_a_reset_the_same_requests_fail_again(lab: Flask) -> None:
    url = str(lab.config["SQLALCHEMY_DATABASE_URI"])
    client = a_lab(url, LAB_SEED=7, LAB_FAILURE_PERCENT=50).test_client()

    def statuses() -> list[int]:
        return [client.get(f"/movies/{number}/").status_code for number in range(1, 21)]

    first = statuses()
    assert statuses() != first
    client.post("/lab/reset/")
    assert statuses() == first


@pytest.mark.parametrize("app", ["sqlite"], indirect=True)
def test_other_servers_ignore_preferences_of_the_laboratory(app: Flask) -> None:
    headers = {"Prefer": "wait-ms=29000, status=503"}
    response = app.test_client().get("/genres/", headers=headers)
    assert response.status_code == 200
    assert "Preference-Applied" not in response.headers

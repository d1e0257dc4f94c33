"""`Prefer: handling=strict` (RFC 7240) turns unknown parameters into errors."""

import pytest
from flask.testing import FlaskClient

STRICT = {"Prefer": "handling=strict"}
APPLIED = "handling=strict"


@pytest.fixture
def client(client_behind_a_proxy: FlaskClient) -> FlaskClient:
    return client_behind_a_proxy


@pytest.mark.parametrize(
    ("path", "name", "reason"),
    [
        ("/movies?pgae=1&genr_id=4", "pgae", "The nearest is page."),
        ("/movies/?Page=1", "Page", "The nearest is page."),
        ("/movies/?" + "y" * 1900, "y" * 50, "The nearest is year."),
        ("/directors/?page=1&per-page=3", "per-page", "The nearest is per_page."),
        ("/genres/1?page=1", "page", "There are none here."),
        ("/docs/?page=1", "page", "There are none here."),
    ],
)
def test_an_unknown_parameter_is_refused_and_the_nearest_is_named(
    client: FlaskClient, path: str, name: str, reason: str
) -> None:
    response = client.get(path, headers=STRICT)
    text = f"There is no such parameter. {reason}"
    assert response.status_code == 400
    assert response.json == {"message": f"{name}: {text}", "errors": {name: [text]}}
    assert response.headers["Preference-Applied"] == APPLIED


def test_nothing_is_done_before_it_is_refused(client: FlaskClient) -> None:
    account = {"email": "strict@example.com", "password": "tram-over-bridge-91"}
    refused = client.post("/auth/register/?nmae=1", json=account, headers=STRICT)
    assert refused.status_code == 400
    assert client.post("/auth/register/", json=account).status_code == 201


@pytest.mark.parametrize("path", ["/movies/?status=new&page=1", "/openapi.json"])
def test_says_that_it_was_applied_from_the_cache_too(client: FlaskClient, path: str) -> None:
    fresh, cached = (client.get(path, headers=STRICT) for _ in range(2))
    known = {"If-None-Match": fresh.headers["ETag"]}
    responses = fresh, cached, client.get(path, headers=STRICT | known)
    assert [one.status_code for one in responses] == [200, 200, 304]
    assert [one.headers.get("Preference-Applied") for one in responses] == [APPLIED] * 3


@pytest.mark.parametrize(
    "preference",
    ['Handling="Strict"', "wait=10, handling = strict;a=b", "handling=strict, handling=lenient"],
)
def test_the_preference_has_many_forms(client: FlaskClient, preference: str) -> None:
    assert client.get("/movies/?x=1", headers={"Prefer": preference}).status_code == 400


@pytest.mark.parametrize("preference", ["", "handling=lenient, handling=strict", "strict"])
def test_otherwise_unknown_parameters_are_ignored(client: FlaskClient, preference: str) -> None:
    response = client.get("/movies/?x=1", headers={"Prefer": preference})
    assert (response.status_code, response.json) == (200, [])
    assert "Preference-Applied" not in response.headers


@pytest.mark.parametrize(
    ("method", "query", "status"),
    [("HEAD", "page=1", 200), ("HEAD", "x=1", 400), ("OPTIONS", "x=1", 200)],
)
def test_head_is_like_get_and_options_asks_nothing(
    client: FlaskClient, method: str, query: str, status: int
) -> None:
    assert client.open(f"/movies/?{query}", method=method, headers=STRICT).status_code == status

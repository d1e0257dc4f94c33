"""`Prefer: handling=strict` (RFC 7240) turns unknown parameters into errors."""

import pytest
from flask.testing import FlaskClient

STRICT = {"Prefer": "handling=strict"}
APPLIED = "handling=strict"


@pytest.fixture
def client(client_behind_a_proxy: FlaskClient) -> FlaskClient:
    return client_behind_a_proxy


@pytest.mark.parametrize(
    ("path", "name", "nearest"),
    [
        ("/movies/?page=1&genr_id=4", "genr_id", "genre_id"),
        ("/movies?pgae=1", "pgae", "page"),
        ("/movies/?Page=1", "Page", "page"),
        ("/movies/?perpage=1&page=1", "perpage", "per_page"),
        ("/movies/?" + "y" * 1900, "y" * 50, "year"),
        ("/genres/?per-page=3&page=1", "per-page", "per_page"),
        ("/directors/?paeg", "paeg", "page"),
    ],
)
def test_an_unknown_parameter_is_refused_and_the_nearest_is_named(
    client: FlaskClient, path: str, name: str, nearest: str
) -> None:
    response = client.get(path, headers=STRICT)
    assert response.status_code == 400
    assert response.json is not None
    assert response.json["errors"] == {
        name: [f"There is no such parameter. The nearest is {nearest}."]
    }
    assert nearest in response.json["message"]
    assert response.headers["Preference-Applied"] == APPLIED


@pytest.mark.parametrize("path", ["/movies/5/", "/genres/1", "/docs/", "/openapi.json"])
def test_where_nothing_can_be_asked_any_parameter_is_refused(
    client: FlaskClient, path: str
) -> None:
    response = client.get(f"{path}?page=1", headers=STRICT)
    assert response.status_code == 400
    assert response.json == {
        "message": "page: There is no such parameter. There are none here.",
        "errors": {"page": ["There is no such parameter. There are none here."]},
    }


def test_nothing_is_done_before_it_is_refused(client: FlaskClient) -> None:
    account = {"email": "strict@example.com", "password": "tram-over-bridge-91"}
    refused = client.post("/auth/register/?nmae=1", json=account, headers=STRICT)
    assert refused.status_code == 400
    assert client.post("/auth/register/", json=account).status_code == 201


@pytest.mark.parametrize("path", ["/movies/?status=new&page=1", "/genres/", "/openapi.json"])
def test_says_that_it_was_applied_from_the_cache_too(client: FlaskClient, path: str) -> None:
    for _ in range(2):
        response = client.get(path, headers=STRICT)
        assert (response.status_code, response.headers["Preference-Applied"]) == (200, APPLIED)
    known = {"If-None-Match": response.headers["ETag"]}
    response = client.get(path, headers=STRICT | known)
    assert (response.status_code, response.headers["Preference-Applied"]) == (304, APPLIED)


@pytest.mark.parametrize(
    "preference",
    [
        *(
            'handling="strict"',
            "Handling=Strict",
            "wait=10, handling=strict",
            "handling = strict;a=b",
        ),
        "handling=strict, handling=lenient",
    ],
)
def test_the_preference_has_many_forms(client: FlaskClient, preference: str) -> None:
    assert client.get("/movies/?x=1", headers={"Prefer": preference}).status_code == 400


@pytest.mark.parametrize(
    "preference", ["", "handling=lenient", "handling=lenient, handling=strict", "strict", "wait=10"]
)
def test_otherwise_unknown_parameters_are_ignored(client: FlaskClient, preference: str) -> None:
    response = client.get("/movies/?x=1", headers={"Prefer": preference})
    assert (response.status_code, response.json) == (200, [])
    assert "Preference-Applied" not in response.headers


@pytest.mark.parametrize("method", ["HEAD", "OPTIONS"])
def test_head_is_like_get_and_options_asks_nothing(client: FlaskClient, method: str) -> None:
    response = client.open("/movies/?x=1", method=method, headers=STRICT)
    assert response.status_code == {"HEAD": 400, "OPTIONS": 200}[method]

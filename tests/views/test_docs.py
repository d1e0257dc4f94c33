"""The page, its text, and how the documents are served."""

import re

import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from config import Config
from constants import DEMO_EMAIL, DEMO_PASSWORD
from tests.support.builders import a_user, save
from views.docs import description


@pytest.fixture
def text(client: FlaskClient) -> str:
    told: str = client.get("/swagger.json").get_json()["info"]["description"]
    return told


def test_names_only_operations_that_there_are(client: FlaskClient, text: str) -> None:
    paths = client.get("/swagger.json").get_json()["paths"]
    named = re.findall(r"`(GET|POST|PUT|PATCH|DELETE) (/[^`?]*)`", text)
    assert named
    assert [(method, path) for method, path in named if method.lower() not in paths[path]] == []


def test_breaks_no_line_within_a_paragraph(text: str) -> None:
    """Swagger UI shows such a break."""
    prose = [line for line in text.splitlines() if line and line[0].isalpha()]
    assert [line for line in prose if line[-1] not in ".:"] == []


@pytest.mark.parametrize(
    ("seconds", "told"),
    [
        (900, "15 minutes"),
        (3600, "1 hour"),
        (604800, "7 days"),
        (90, "90 seconds"),
        (1, "1 second"),
    ],
)
def test_tells_how_long_an_access_token_is_good(seconds: int, told: str) -> None:
    settings = Config(SECRET_KEY="k" * 32, ACCESS_TOKEN_SECONDS=seconds)
    assert f"it is good for {told}." in description(vars(settings))


@pytest.mark.parametrize("path", ["/docs", "/docs/"])
def test_the_page_has_all_that_it_needs(client: FlaskClient, path: str) -> None:
    page = client.get(path)
    assert (page.status_code, page.mimetype) == (200, "text/html")
    assert "://" not in page.text
    files = re.findall(r'(?:href|src)="(/docs/[^"]+)"', page.text)
    assert [one for one in files if client.get(one).status_code != 200] == []
    assert {one.rpartition("/")[2] for one in files} > {"docs.js", "swagger-ui-bundle.js"}


def test_the_page_runs_nothing_but_its_own_scripts(client: FlaskClient) -> None:
    page = client.get("/docs/")
    policy = page.headers["Content-Security-Policy"]
    assert policy.startswith("default-src 'none'; script-src 'self'; style-src 'self'; ")
    assert "unsafe" not in policy
    assert re.findall(r"<script(?![^>]* src=)|<style| style=| on[a-z]+=", page.text) == []


def test_the_page_leads_to_both_documents_and_to_the_films(client: FlaskClient) -> None:
    links = re.findall(r'<a href="([^"]+)"', client.get("/docs/").text)
    assert links == ["/", "/openapi.json", "/swagger.json"]


@pytest.mark.parametrize("path", ["/openapi.json", "/swagger.json"])
def test_anybody_may_read_and_cache_a_document(client: FlaskClient, path: str) -> None:
    response = client.get(path, headers={"Origin": "https://films.example"})
    assert response.mimetype == "application/json"
    assert response.headers["Access-Control-Allow-Origin"] == "*"
    assert response.headers["Cache-Control"] == "public, no-cache"
    again = client.get(path, headers={"If-None-Match": response.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")


def test_fills_in_the_demo_account_where_it_exists(client: FlaskClient, session: Session) -> None:
    assert DEMO_PASSWORD not in client.get("/docs/").text
    save(session, a_user(email=DEMO_EMAIL))
    page = client.get("/docs/").text
    assert DEMO_EMAIL in page
    assert DEMO_PASSWORD in page


def test_no_example_changes_or_deletes_the_demo_account(client: FlaskClient) -> None:
    """Whoever tries all examples on the page leaves the account to the next one."""
    credentials = {"email": DEMO_EMAIL, "password": DEMO_PASSWORD}
    client.post("/auth/register/", json=credentials)
    token = client.post("/auth/login/", json=credentials).get_json()["access_token"]
    headers = {"Authorization": f"Bearer {token}"}
    definitions = client.get("/swagger.json").get_json()["definitions"]
    for method, path, name in (
        ("PUT", "/user/password/", "PasswordChange"),
        ("DELETE", "/user/", "AccountDeletion"),
    ):
        fields = definitions[name]["properties"]
        example = {field: fields[field]["example"] for field in fields}
        assert client.open(path, method=method, json=example, headers=headers).status_code == 400
    assert client.post("/auth/login/", json=credentials).status_code == 200

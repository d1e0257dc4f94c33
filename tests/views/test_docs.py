"""The documents, their guide and the documentation page."""

import re

import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from config import Config
from constants import DEMO_EMAIL, DEMO_PASSWORD
from tests.support.builders import a_user, save
from tests.support.openapi import Json
from views.docs import description


@pytest.fixture
def document(client: FlaskClient) -> Json:
    found: Json = client.get("/swagger.json").json
    return found


def test_the_guide_names_only_operations_that_there_are(document: Json) -> None:
    guide, paths = document["info"]["description"], document["paths"]
    named = re.findall(r"`(GET|POST|PUT|PATCH|DELETE) (/[^`?]*)`", guide)
    assert named
    assert [(method, path) for method, path in named if method.lower() not in paths[path]] == []


def test_the_guide_breaks_no_line_within_a_paragraph(document: Json) -> None:
    """Swagger UI would show the line break."""
    lines = document["info"]["description"].splitlines()
    prose = [line for line in lines if line and line[0].isalpha()]
    assert [line for line in prose if line[-1] not in ".:"] == []


@pytest.mark.parametrize(
    ("seconds", "told"),
    [(900, "15 minutes"), (3600, "1 hour"), (604800, "7 days"), (90, "90 seconds")],
)
def test_the_guide_tells_how_long_an_access_token_is_good(seconds: int, told: str) -> None:
    settings = Config(SECRET_KEY="k" * 32, ACCESS_TOKEN_SECONDS=seconds)
    assert f"it is good for {told}." in description(settings.lifetimes)


@pytest.mark.parametrize("path", ["/docs", "/docs/"])
def test_the_page_has_all_that_it_needs(client: FlaskClient, path: str) -> None:
    page = client.get(path)
    assert (page.status_code, page.mimetype) == (200, "text/html")
    assert "://" not in page.text
    files = re.findall(r'(?:href|src)="(/docs/[^"]+)"', page.text)
    assert [one for one in files if client.get(one).status_code != 200] == []
    assert {one.rpartition("/")[2] for one in files} > {"docs.js", "swagger-ui-bundle.js"}


def test_the_page_has_no_script_or_style_within(client: FlaskClient) -> None:
    inline = r"<script(?![^>]* src=)|<style| style=| on[a-z]+="
    assert re.findall(inline, client.get("/docs/").text) == []


def test_the_page_leads_to_both_documents_and_to_the_films(client: FlaskClient) -> None:
    links = re.findall(r'<a href="([^"]+)"', client.get("/docs/").text)
    assert links == ["/", "/openapi.json", "/swagger.json"]


def test_fills_in_the_demo_account_where_it_exists(client: FlaskClient, session: Session) -> None:
    assert DEMO_PASSWORD not in client.get("/docs/").text
    save(session, a_user(email=DEMO_EMAIL))
    page = client.get("/docs/").text
    assert DEMO_EMAIL in page
    assert DEMO_PASSWORD in page


@pytest.mark.parametrize(
    ("name", "field"), [("PasswordChange", "old_password"), ("AccountDeletion", "password")]
)
def test_no_example_changes_or_deletes_the_demo_account(
    document: Json, name: str, field: str
) -> None:
    """The account has to survive a visitor who tries all examples on the page."""
    assert document["definitions"][name]["properties"][field]["example"] != DEMO_PASSWORD

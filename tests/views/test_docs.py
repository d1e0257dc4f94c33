"""The page, its text, and how the documents are served."""

from __future__ import annotations

import re

import pytest
from flask.testing import FlaskClient

from views.docs import DESCRIPTION


def test_the_text_names_only_operations_that_there_are(client: FlaskClient) -> None:
    paths = client.get("/swagger.json").json["paths"]
    named = re.findall(r"`(GET|POST|PUT|PATCH|DELETE) (/[^`?]*)`", DESCRIPTION)
    assert named
    assert [(method, path) for method, path in named if method.lower() not in paths[path]] == []


def test_the_text_has_no_gap_where_a_number_belongs() -> None:
    assert "$" not in DESCRIPTION


@pytest.mark.parametrize("path", ["/docs", "/docs/"])
def test_the_page_needs_nothing_from_outside(client: FlaskClient, path: str) -> None:
    page = client.get(path)
    assert (page.status_code, page.mimetype) == (200, "text/html")
    assert "://" not in page.text
    assert "script-src 'self';" in page.headers["Content-Security-Policy"]


def test_the_root_leads_to_the_page(client: FlaskClient) -> None:
    response = client.get("/")
    assert (response.status_code, response.headers["Location"]) == (302, "/docs/")
    assert response.data == b""


@pytest.mark.parametrize("path", ["/openapi.json", "/swagger.json"])
def test_anybody_may_read_and_cache_a_document(client: FlaskClient, path: str) -> None:
    response = client.get(path, headers={"Origin": "https://films.example"})
    assert response.mimetype == "application/json"
    assert response.headers["Access-Control-Allow-Origin"] == "*"
    assert response.headers["Cache-Control"] == "public, no-cache"
    again = client.get(path, headers={"If-None-Match": response.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")

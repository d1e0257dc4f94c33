"""Behind a proxy that strips a path prefix, every link begins with the prefix."""

import re
from typing import Any

import pytest
from flask.testing import FlaskClient

from tests.support.databases import Databases
from tests.views.conftest import configured

PREFIX = "/films/v1.0"
HEADERS = {"X-Forwarded-Prefix": PREFIX}


@pytest.fixture
def client(client_behind_a_proxy: FlaskClient) -> FlaskClient:
    return client_behind_a_proxy


def test_links_of_a_list_follow_and_stay_apart_in_the_cache(client: FlaskClient) -> None:
    for prefix in (PREFIX, "", PREFIX, ""):
        response = client.get("/movies/?page=1", headers={"X-Forwarded-Prefix": prefix})
        links = set(re.findall("<([^>]*)>", response.headers["Link"]))
        assert links == {f"{prefix}/movies/?page=1"}


def test_a_location_follows(client: FlaskClient) -> None:
    account = {"email": "anna@example.com", "password": "tram-over-bridge-91"}
    registered = client.post("/auth/register/", json=account, headers=HEADERS)
    assert registered.headers["Location"] == f"{PREFIX}/user/"


@pytest.mark.parametrize("path", ["/", "/docs/", "/nowhere"])
def test_a_page_follows(client: FlaskClient, path: str) -> None:
    page = client.get(path, headers=HEADERS | {"Accept": "text/html"}).text
    addresses = re.findall(r'(?:href|src|data-api|data-document)="([^"]+)"', page)
    assert [one for one in addresses if not one.startswith((f"{PREFIX}/", "?", "#"))] == []
    assert len(addresses) > 5


@pytest.mark.parametrize("order", [[PREFIX, ""], ["", PREFIX]], ids=str)
def test_the_documents_have_the_prefix_of_each_request(
    client: FlaskClient, order: list[str]
) -> None:
    for prefix in order:
        headers = {"X-Forwarded-Prefix": prefix}
        swagger: Any = client.get("/swagger.json", headers=headers).json
        openapi: Any = client.get("/openapi.json", headers=headers).json
        assert swagger["basePath"] == (prefix or "/")
        assert openapi["servers"] == [{"url": f"http://127.0.0.1:25000{prefix}"}]
        guide = re.findall(r"\]\(([^)]*)\)", swagger["info"]["description"])
        assert guide == [f"{prefix}/openapi.json", f"{prefix}/swagger.json"]


def test_without_a_trusted_proxy_its_headers_are_ignored(databases: Databases) -> None:
    with configured(databases) as app:
        page = app.test_client().get("/", headers=HEADERS).text
    assert 'data-api="/"' in page

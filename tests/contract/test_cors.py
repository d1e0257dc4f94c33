"""Pages of other origins.

They may use the API, without credentials of the browser.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.contract.client import Account, Api, Json
from tests.contract.failures import Refused, every_refusal
from tests.contract.routes import METHODS, filled

pytestmark = pytest.mark.one_engine
EXPOSED = {"link", "x-total-count", "etag", "retry-after", "location"}


@pytest.fixture
def page(api: Api) -> Iterator[Api]:
    """The API as a page of another origin calls it."""
    api.headers["Origin"] = "https://films.example"
    yield api
    del api.headers["Origin"]


def words(header: str) -> set[str]:
    return {word.strip().lower() for word in header.split(",")}


@pytest.mark.parametrize("path", ["/movies/?page=1", "/genres/", "/directors/"])
def test_a_page_of_any_origin_may_read(page: Api, path: str) -> None:
    """By default a page of any origin may read responses."""
    assert page.get(path).headers["Access-Control-Allow-Origin"] == "*"


@pytest.mark.parametrize("path", ["/movies/", "/user/", "/nothing/"])
def test_a_page_may_read_the_headers_it_needs(page: Api, path: str) -> None:
    """A page may read the headers that lead through lists, and say when to try again."""
    assert words(page.get(path).headers["Access-Control-Expose-Headers"]) >= EXPOSED


@pytest.mark.parametrize("path", ["/movies/", "/user/"])
def test_credentials_of_the_browser_are_not_asked_for(page: Api, path: str) -> None:
    """Cookies and the like are of no use here, so browsers are not asked to send them."""
    headers = page.get(path).headers
    assert "Access-Control-Allow-Credentials" not in headers


@every_refusal
def test_a_page_of_any_origin_may_read_errors(
    page: Api, reader: Account, status: int, refused: Refused
) -> None:
    """A page of another origin may read errors too, so that it can show their message."""
    response = refused(page, reader)
    assert (response.status_code, response.headers["Access-Control-Allow-Origin"]) == (status, "*")


@pytest.mark.parametrize("path", METHODS)
def test_a_browser_may_ask_first(page: Api, film: Json, path: str) -> None:
    """A preflight allows every method of the path, a token and a JSON body."""
    for method in METHODS[path]:
        asked = {
            "Access-Control-Request-Method": method,
            "Access-Control-Request-Headers": "authorization,content-type",
        }
        response = page.options(filled(path, film), headers=asked)
        assert response.is_success
        assert response.headers["Access-Control-Allow-Origin"] == "*"
        assert method.lower() in words(response.headers["Access-Control-Allow-Methods"])
        allowed_headers = words(response.headers["Access-Control-Allow-Headers"])
        assert allowed_headers >= {"authorization", "content-type"}


@pytest.mark.parametrize("origin", ["https://films.example", "https://other.example"])
def test_origins_can_be_limited_to_some(tuned_api: Api, origin: str) -> None:
    """With `CORS_ORIGINS` set, pages of these origins may read the responses, which vary."""
    response = tuned_api.get("/genres/", headers={"Origin": origin})
    assert response.headers["Access-Control-Allow-Origin"] == origin
    assert "origin" in words(response.headers["Vary"])


@pytest.mark.parametrize(
    "origin", ["https://evil.example", "http://films.example", "https://films.example.evil", "null"]
)
def test_other_origins_may_not_read_then(tuned_api: Api, origin: str) -> None:
    """With `CORS_ORIGINS` set, pages of other origins may not read the responses."""
    response = tuned_api.get("/genres/", headers={"Origin": origin})
    assert "Access-Control-Allow-Origin" not in response.headers
    assert "origin" in words(response.headers["Vary"])

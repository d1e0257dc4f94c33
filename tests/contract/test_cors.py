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


@pytest.mark.parametrize("path", ["/movies/?page=1", "/genres/", "/user/", "/nothing/"])
def test_a_page_of_any_origin_may_read_without_credentials(page: Api, path: str) -> None:
    """By default any page may read responses and the headers that it needs, but send no cookies."""
    headers = page.get(path).headers
    assert headers["Access-Control-Allow-Origin"] == "*"
    assert words(headers["Access-Control-Expose-Headers"]) >= EXPOSED
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
    """A preflight allows every method of the path."""
    for method in METHODS[path]:
        asked = {"Access-Control-Request-Method": method}
        response = page.options(filled(path, film), headers=asked)
        assert response.is_success
        assert response.headers["Access-Control-Allow-Origin"] == "*"
        assert method.lower() in words(response.headers["Access-Control-Allow-Methods"])


@pytest.mark.parametrize(
    ("origin", "allowed"),
    [("https://other.example", "https://other.example"), ("https://evil.example", None)],
)
def test_origins_can_be_limited_to_some(tuned_api: Api, origin: str, allowed: str | None) -> None:
    """With `CORS_ORIGINS` set, pages of these origins alone may read the responses, which vary."""
    response = tuned_api.get("/genres/", headers={"Origin": origin})
    assert response.headers.get("Access-Control-Allow-Origin") == allowed
    assert "origin" in words(response.headers["Vary"])

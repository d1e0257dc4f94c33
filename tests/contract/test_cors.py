"""Pages of other origins may call the API, without the browser's credentials."""

import pytest

from tests.contract.client import Api

pytestmark = pytest.mark.one_engine
EXPOSED = {"link", "x-total-count", "etag", "retry-after", "location", "content-language"}
EXPOSED |= {"preference-applied", "x-request-id", "www-authenticate"}


def words(header: str) -> set[str]:
    return {word.strip().lower() for word in header.split(",")}


@pytest.mark.parametrize("path", ["/movies/?page=1", "/user/", "/nothing/"])
def test_a_page_of_any_origin_may_read_without_credentials(api: Api, path: str) -> None:
    headers = api.get(path, headers={"Origin": "https://films.example"}).headers
    assert headers["Access-Control-Allow-Origin"] == "*"
    assert words(headers["Access-Control-Expose-Headers"]) == EXPOSED
    assert "Access-Control-Allow-Credentials" not in headers


@pytest.mark.parametrize(
    ("origin", "allowed"),
    [("https://other.example", "https://other.example"), ("https://evil.example", None)],
)
def test_origins_can_be_limited_to_some(tuned_api: Api, origin: str, allowed: str | None) -> None:
    response = tuned_api.get("/genres/", headers={"Origin": origin})
    assert response.headers.get("Access-Control-Allow-Origin") == allowed

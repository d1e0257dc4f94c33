"""Routes that need an access token."""

from collections.abc import Callable

import pytest

from tests.contract.client import Account, Api, Json, Tokens, bearer
from tests.contract.routes import NO_ID, PROTECTED, Route, filled
from tests.contract.tokens import forged

protected = pytest.mark.parametrize("route", PROTECTED, ids=str)

# Invalid values of `Authorization`. The braces stand for a valid access token.
OTHER_HEADERS = [
    *("Basic {}", "Bearer: {}", "{}", "Bearer", "", "Bearer {0} {0}", "Bearer \xff\xfe"),
    f"Bearer {'a' * 7000}",
]
BAD_TOKENS: dict[str, Callable[[Tokens], str]] = {
    "none at all": lambda _: "undefined",
    "refresh token": lambda tokens: tokens["refresh_token"],
    "forged": lambda tokens: forged(tokens["access_token"]),
}
pytestmark = pytest.mark.one_engine


@protected
def test_nobody_gets_in_without_a_token(api: Api, film: Json, route: Route) -> None:
    response = api.request(route.method, filled(route.path, film))
    assert (response.status_code, response.headers["Cache-Control"]) == (401, "no-store")
    assert response.headers["WWW-Authenticate"] == 'Bearer realm="Kinoteka"'


@protected
@pytest.mark.parametrize("kind", BAD_TOKENS)
def test_nobody_gets_in_with_a_bad_token(
    api: Api, film: Json, reader: Account, route: Route, kind: str
) -> None:
    headers = bearer(BAD_TOKENS[kind](reader.tokens))
    response = api.request(route.method, filled(route.path, film), headers=headers)
    assert response.status_code == 401
    assert response.headers["WWW-Authenticate"] == 'Bearer realm="Kinoteka", error="invalid_token"'


def test_a_token_in_the_url_where_logs_would_keep_it_opens_nothing(
    api: Api, reader: Account
) -> None:
    params = {"access_token": reader.tokens["access_token"]}
    assert api.get("/user/", params=params).status_code == 401


@pytest.mark.parametrize("value", OTHER_HEADERS, ids=lambda value: value[:12])
def test_only_a_bearer_token_is_read(api: Api, reader: Account, value: str) -> None:
    header = value.format(reader.tokens["access_token"]).encode("latin-1")
    assert api.get("/user/", headers=[(b"Authorization", header)]).status_code == 401


def test_of_several_authorization_headers_none_counts(api: Api, reader: Account) -> None:
    headers = [*reader.headers.items(), ("Authorization", "Bearer undefined")]
    assert api.get("/user/", headers=headers).status_code == 401


def test_the_word_bearer_has_any_case(api: Api, reader: Account) -> None:
    headers = {"Authorization": f"bEARER {reader.tokens['access_token']}"}
    assert api.get("/user/", headers=headers).status_code == 200


@pytest.mark.parametrize(
    ("method", "path"), [("PATCH", "/user/"), ("GET", f"/favorites/movies/{NO_ID}/")]
)
def test_the_token_is_checked_before_anything_else(api: Api, method: str, path: str) -> None:
    assert api.request(method, path, content=b"{").status_code == 401

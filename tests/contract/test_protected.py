"""What only an access token opens."""

from __future__ import annotations

import pytest

from tests.contract.client import Account, Api, Json, bearer
from tests.contract.routes import NO_ID, PROTECTED, Route, filled

protected = pytest.mark.parametrize("route", PROTECTED, ids=str)

# What may stand in `Authorization`; a good access token is put into the braces.
OTHER_HEADERS = [
    *("Basic {}", "Token {}", "JWT {}", "Bearer: {}", "{}", "Bearer", ""),
    *("Bearer {0} {0}", "Bearer a b c", "Bearer \xff\xfe", "\xd0\x96", f"Bearer {'a' * 7000}"),
]
pytestmark = pytest.mark.one_engine


@protected
def test_nobody_gets_in_without_a_token(api: Api, film: Json, route: Route) -> None:
    """Without a token the response is 401, which says `Bearer` and no error."""
    response = api.request(route.method, filled(route.path, film))
    challenge = response.headers["WWW-Authenticate"]
    assert response.status_code == 401
    assert (challenge.split()[0], "error" in challenge) == ("Bearer", False)


@protected
def test_nobody_gets_in_with_a_bad_token(api: Api, film: Json, route: Route) -> None:
    """With a bad token the response is 401, which says `invalid_token`."""
    url = filled(route.path, film)
    response = api.request(route.method, url, headers=bearer("undefined"))
    challenge = response.headers["WWW-Authenticate"]
    assert response.status_code == 401
    assert (challenge.split()[0], 'error="invalid_token"' in challenge) == ("Bearer", True)


@protected
def test_a_refresh_token_opens_nothing(api: Api, film: Json, reader: Account, route: Route) -> None:
    """A refresh token is not accepted as an access token."""
    headers = bearer(reader.tokens["refresh_token"])
    assert api.request(route.method, filled(route.path, film), headers=headers).status_code == 401


@protected
def test_no_cache_keeps_what_is_protected(api: Api, film: Json, route: Route) -> None:
    """Responses of protected paths are marked `no-store`, refusals included."""
    response = api.request(route.method, filled(route.path, film))
    assert response.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize("parameter", ["access_token", "token", "jwt", "Authorization"])
def test_a_token_in_the_url_is_not_read(api: Api, reader: Account, parameter: str) -> None:
    """A token in the address, where logs would keep it, opens nothing."""
    params = {parameter: reader.tokens["access_token"]}
    assert api.get("/user/", params=params).status_code == 401


@pytest.mark.parametrize("value", OTHER_HEADERS, ids=lambda value: value[:12])
def test_only_a_bearer_token_is_read(api: Api, reader: Account, value: str) -> None:
    """An `Authorization` that is not the word `Bearer` and one good token is 401."""
    header = value.format(reader.tokens["access_token"]).encode("latin-1")
    assert api.get("/user/", headers=[(b"Authorization", header)]).status_code == 401


def test_a_token_of_100_kb_opens_nothing(api: Api) -> None:
    """A token of 100 KB in the header is refused, by the API or the server before it."""
    assert api.get("/user/", headers=bearer("a" * 100_000)).status_code in {401, 431}


def test_of_several_authorization_headers_none_counts(api: Api, reader: Account) -> None:
    """Two `Authorization` headers do not say who is calling, so nobody is."""
    headers = [*reader.headers.items(), ("Authorization", "Bearer undefined")]
    assert api.get("/user/", headers=headers).status_code == 401


@pytest.mark.parametrize("scheme", ["bearer", "BEARER"])
def test_the_word_bearer_has_any_case(api: Api, reader: Account, scheme: str) -> None:
    """The word `Bearer` may be written in any case, as HTTP has it."""
    headers = {"Authorization": f"{scheme} {reader.tokens['access_token']}"}
    assert api.get("/user/", headers=headers).status_code == 200


def test_a_token_is_asked_for_before_the_body_is_read(api: Api) -> None:
    """Somebody without a good token does not learn what is wrong with a body."""
    assert api.patch("/user/", content=b"{", headers=bearer("undefined")).status_code == 401


def test_a_token_is_asked_for_before_the_film_is_looked_for(api: Api) -> None:
    """Somebody without a token does not learn which films exist."""
    assert api.get(f"/favorites/movies/{NO_ID}/").status_code == 401

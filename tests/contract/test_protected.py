"""What only opens with an access token."""

from __future__ import annotations

import pytest

from tests.contract.client import Account, Api, Json, bearer
from tests.contract.routes import PROTECTED, filled

protected = pytest.mark.parametrize(("method", "path"), PROTECTED)


@protected
def test_nobody_gets_in_without_a_token(api: Api, film: Json, method: str, path: str) -> None:
    """Without a token the answer is 401, which says `Bearer` and no error."""
    response = api.request(method, filled(path, film))
    challenge = response.headers["WWW-Authenticate"]
    assert response.status_code == 401
    assert (challenge.split()[0], "error" in challenge) == ("Bearer", False)


@protected
def test_nobody_gets_in_with_a_bad_token(api: Api, film: Json, method: str, path: str) -> None:
    """With a bad token the answer is 401, which says `invalid_token`."""
    response = api.request(method, filled(path, film), headers=bearer("undefined"))
    challenge = response.headers["WWW-Authenticate"]
    assert response.status_code == 401
    assert (challenge.split()[0], 'error="invalid_token"' in challenge) == ("Bearer", True)


@protected
def test_a_refresh_token_is_no_access_token(
    api: Api, film: Json, reader: Account, method: str, path: str
) -> None:
    """A refresh token is not accepted as an access token."""
    headers = bearer(reader.tokens["refresh_token"])
    assert api.request(method, filled(path, film), headers=headers).status_code == 401


@protected
def test_no_cache_keeps_what_is_protected(api: Api, film: Json, method: str, path: str) -> None:
    """Answers of protected paths are marked `no-store`, refusals included."""
    response = api.request(method, filled(path, film))
    assert response.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize("parameter", ["access_token", "token", "jwt", "Authorization"])
def test_a_token_in_the_address_is_not_read(api: Api, reader: Account, parameter: str) -> None:
    """A token in the address, where logs would keep it, opens nothing."""
    params = {parameter: reader.tokens["access_token"]}
    assert api.get("/user/", params=params).status_code == 401


@pytest.mark.parametrize("scheme", ["Basic", "Token", "JWT", "Bearer:"])
def test_a_token_under_another_scheme_is_not_read(api: Api, reader: Account, scheme: str) -> None:
    """A token is only read after the word `Bearer`."""
    headers = {"Authorization": f"{scheme} {reader.tokens['access_token']}"}
    assert api.get("/user/", headers=headers).status_code == 401


def test_a_token_without_a_scheme_is_not_read(api: Api, reader: Account) -> None:
    """A token without the word `Bearer` before it opens nothing."""
    headers = {"Authorization": reader.tokens["access_token"]}
    assert api.get("/user/", headers=headers).status_code == 401


@pytest.mark.parametrize("scheme", ["bearer", "BEARER"])
def test_the_word_bearer_has_any_case(api: Api, reader: Account, scheme: str) -> None:
    """The word `Bearer` may be written in any case, as HTTP has it."""
    headers = {"Authorization": f"{scheme} {reader.tokens['access_token']}"}
    assert api.get("/user/", headers=headers).status_code == 200


def test_who_is_nobody_does_not_learn_what_is_wrong_with_a_body(api: Api) -> None:
    """A token is asked for before the body is read."""
    assert api.patch("/user/", content=b"{", headers=bearer("undefined")).status_code == 401


def test_who_is_nobody_does_not_learn_which_films_exist(api: Api) -> None:
    """A token is asked for before the film is looked for."""
    assert api.get("/favorites/movies/2147483647/").status_code == 401

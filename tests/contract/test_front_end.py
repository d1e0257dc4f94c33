"""Habits of the course's front end."""

from __future__ import annotations

import pytest

from tests.contract.client import Account, Api, Json, a_password, an_address, bearer
from tests.contract.routes import ONE_PAGE, PUBLIC_READS, filled

# What it sends when nobody is signed in, and what else may stand there.
USELESS = ["Bearer undefined", "Bearer null", "Bearer", "undefined", "Basic YTpi", "Bearer a.b.c"]
useless_header = pytest.mark.parametrize("header", USELESS)


@useless_header
@pytest.mark.parametrize("path", PUBLIC_READS)
def test_what_is_public_ignores_a_bad_token(api: Api, film: Json, path: str, header: str) -> None:
    """What is public answers as if the bad token had not been sent."""
    address = filled(path, film)
    response = api.get(address, params=ONE_PAGE, headers={"Authorization": header})
    expected = api.get(address, params=ONE_PAGE).content
    assert (response.status_code, response.content) == (200, expected)


@pytest.mark.parametrize("path", ["/movies/", "/genres/", "/directors/"])
def test_lists_are_the_same_for_everybody(api: Api, reader: Account, path: str) -> None:
    """A list does not depend on who asks for it."""
    theirs, everybodys = (
        api.get(path, params=ONE_PAGE, headers=headers).content
        for headers in (reader.headers, None)
    )
    assert theirs == everybodys


@useless_header
def test_one_can_register_with_a_bad_token(api: Api, header: str) -> None:
    """Registration does not mind a bad token."""
    registration = {"email": an_address(), "password": a_password()}
    headers = {"Authorization": header}
    response = api.post("/auth/register/", json=registration, headers=headers)
    assert response.is_success


@useless_header
def test_one_can_log_in_with_a_bad_token(api: Api, reader: Account, header: str) -> None:
    """Login does not mind a bad token."""
    headers = {"Authorization": header}
    response = api.post("/auth/login/", json=reader.credentials, headers=headers)
    assert response.is_success
    assert set(response.json()) >= {"access_token", "refresh_token"}


@useless_header
def test_one_can_refresh_with_a_bad_token(api: Api, account: Account, header: str) -> None:
    """A refresh looks at the pair in the body, not at the header."""
    response = api.put("/auth/login/", json=account.tokens, headers={"Authorization": header})
    assert response.is_success
    assert set(response.json()) >= {"access_token", "refresh_token"}


def test_the_way_from_registration_to_a_list_of_favorites(api: Api, film: Json) -> None:
    """The front end's whole way works: register, log in, like a film, see it, forget it."""
    person = {"email": an_address(), "password": a_password()}
    nobody = bearer("undefined")
    path = f"/favorites/movies/{film['id']}/"
    assert api.post("/auth/register/", json=person, headers=nobody).is_success
    tokens = api.post("/auth/login/", json=person, headers=nobody).json()
    tokens = api.put("/auth/login/", json=tokens, headers=nobody).json()
    signed_in = bearer(tokens["access_token"])
    assert api.post(path, headers=signed_in).is_success
    assert api.get("/favorites/movies/", headers=signed_in).json() == [film]
    assert api.delete(path, headers=signed_in).is_success
    assert api.get("/favorites/movies/", headers=signed_in).json() == []


def test_the_profile_form_sends_the_genre_as_a_string(
    api: Api, account: Account, genre_id: int
) -> None:
    """The front end's profile form, with its spelling and a string for the genre, is saved."""
    form = {"name": "Анна", "surname": "Иванова", "favourite_genre": str(genre_id)}
    saved = api.patch("/user/", json=form, headers=account.headers).json()
    assert {name: saved[name] for name in form} == {**form, "favourite_genre": genre_id}


def test_a_wrong_old_password_does_not_look_like_a_bad_token(api: Api, reader: Account) -> None:
    """A wrong old password is not 401, which would sign the user out."""
    passwords = {"old_password": a_password(), "new_password": a_password()}
    response = api.put("/user/password/", json=passwords, headers=reader.headers)
    assert (response.status_code, "WWW-Authenticate" in response.headers) == (400, False)

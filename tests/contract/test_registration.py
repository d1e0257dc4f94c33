"""Registration."""

import pytest

from tests.contract.client import Account, Api, a_password, an_email, status_of


def test_registering_returns_the_new_account(api: Api) -> None:
    email, password = an_email(), a_password()
    response = api.register(email.upper(), password)
    profile = response.json()
    assert response.status_code == 201
    assert response.url.join(response.headers["Location"]).path == "/user/"
    assert profile == {
        "id": profile["id"],
        "email": email,
        "name": None,
        "surname": None,
        "favorite_genre": None,
        "favourite_genre": None,
    }
    assert api.whoami(api.new_tokens(email, password)).json() == profile


def test_one_can_register_with_a_form(api: Api) -> None:
    form = {"email": an_email(), "password": a_password()}
    response = api.post("/auth/register/", data=form)
    assert (response.status_code, response.json()["email"]) == (201, form["email"])


def test_a_taken_email_is_refused_in_any_case(api: Api, reader: Account) -> None:
    assert api.register(reader.email.upper(), a_password()).status_code == 409


@pytest.mark.parametrize("password", ["😀🎬🌍🐈" * 32, "\t\x01 blanks at both ends  "])
def test_a_password_may_have_any_characters(api: Api, password: str) -> None:
    email = an_email()
    assert api.register(email, password).is_success
    assert api.log_in(email, password).is_success


def test_all_faults_are_named_at_once(api: Api) -> None:
    response = api.register("nobody", "short")
    assert status_of(response, faulty={"email", "password"}) == 400

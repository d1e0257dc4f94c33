"""Registering."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.contract.client import Account, Api, a_password, an_email, status_of


def test_registering_returns_the_new_account(api: Api) -> None:
    """Registering is 201 with the profile, which has an e-mail in lower case and nothing else."""
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
    """Registration takes a form as well as JSON."""
    form = {"email": an_email(), "password": a_password()}
    response = api.post("/auth/register/", data=form)
    assert (response.status_code, response.json()["email"]) == (201, form["email"])


@pytest.mark.parametrize("spelling", [str.lower, str.upper, str.title])
def test_a_taken_email_is_refused_in_any_case(
    api: Api, reader: Account, spelling: Callable[[str], str]
) -> None:
    """An e-mail that has an account is refused with 409, in capitals too."""
    assert api.register(spelling(reader.email), a_password()).status_code == 409


@pytest.mark.one_engine
@pytest.mark.parametrize("email", ["", "nobody", "nobody@example.com\n", "никто@example.com"])
def test_what_is_no_email_is_refused(api: Api, email: str) -> None:
    """What is no e-mail address is refused."""
    response = api.register(email, a_password())
    assert status_of(response, faulty={"email"}) == 400


@pytest.mark.one_engine
@pytest.mark.parametrize("password", ["", "7 signs", "й" * 129])
def test_a_password_that_is_too_short_or_too_long_is_refused(api: Api, password: str) -> None:
    """A password has 8 to 128 characters."""
    response = api.register(an_email(), password)
    assert status_of(response, faulty={"password"}) == 400


@pytest.mark.parametrize(
    "password",
    [
        "q8#mвЖ z",
        "ё" + "й" * 127,
        "😀🎬🌍🐈🍕🚲🎻🌧" * 16,
        "  spaces at both ends  ",
        "\t\x01\x7f signs of control",
        "ﬁ ﬀ № ½ ①",
    ],
)
def test_a_password_may_have_any_characters(api: Api, password: str) -> None:
    """A password may have any 8 to 128 characters, and works exactly as it was chosen."""
    email = an_email()
    assert api.register(email, password).is_success
    assert api.log_in(email, password).is_success


def test_all_faults_are_named_at_once(api: Api) -> None:
    """Every field that is at fault is named, not just the first one."""
    response = api.register("nobody", "short")
    assert status_of(response, faulty={"email", "password"}) == 400


def test_a_refused_registration_creates_nothing(api: Api) -> None:
    """After a refused registration the e-mail is still free."""
    email = an_email()
    api.register(email, "short")
    assert api.register(email, a_password()).is_success

"""Registering."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.contract.client import Account, Api, a_password, an_email, status_of

BAD_EMAILS = [
    "",
    " ",
    "nobody",
    "@example.com",
    "nobody@",
    "no body@example.com",
    "two@at@example.com",
    "nobody@example.com\n",
    "Nobody <nobody@example.com>",
    "никто@example.com",
    f"{'a' * 65}@example.com",
    f"{'a' * 64}@{'b' * 60}.{'c' * 60}.{'d' * 60}.example.com",
]


def test_registering_returns_the_new_account(api: Api) -> None:
    """Registering is 201 with the profile, which has an e-mail and nothing else set."""
    email, password = an_email(), a_password()
    response = api.register(email, password)
    profile = response.json()
    assert response.status_code == 201
    assert profile == {
        "id": profile["id"],
        "email": email,
        "name": None,
        "surname": None,
        "favorite_genre": None,
        "favourite_genre": None,
    }
    assert api.whoami(api.new_tokens(email, password)).json() == profile


def test_registering_says_where_the_account_is(api: Api) -> None:
    """Registering responds with `Location: /user/`."""
    response = api.register(an_email(), a_password())
    assert response.url.join(response.headers["Location"]).path == "/user/"


def test_one_can_register_with_a_form(api: Api) -> None:
    """Registration takes a form as well as JSON."""
    form = {"email": an_email(), "password": a_password()}
    response = api.post("/auth/register/", data=form)
    assert (response.status_code, response.json()["email"]) == (201, form["email"])


def test_an_email_has_one_spelling(api: Api) -> None:
    """An e-mail is kept in lower case, however it was typed."""
    email = an_email()
    assert api.register(email.upper(), a_password()).json()["email"] == email


@pytest.mark.parametrize("spelling", [str.lower, str.upper, str.title])
def test_a_taken_email_is_refused_in_any_case(
    api: Api, reader: Account, spelling: Callable[[str], str]
) -> None:
    """An e-mail that has an account is refused with 409, in capitals too."""
    assert api.register(spelling(reader.email), a_password()).status_code == 409


@pytest.mark.one_engine
@pytest.mark.parametrize("email", BAD_EMAILS)
def test_what_is_no_email_is_refused(api: Api, email: str) -> None:
    """What is no e-mail address is refused."""
    response = api.register(email, a_password())
    assert status_of(response, faulty={"email"}) == 400


@pytest.mark.one_engine
@pytest.mark.parametrize("password", ["", "7 signs", "x" * 7, "й" * 129, "😀" * 129])
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
        "\t\x01\x7f control",
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

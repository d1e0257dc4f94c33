"""Accounts, tokens and the profile"""

from __future__ import annotations

import pytest

from tests.contract.bodies import good_body
from tests.contract.client import Account, Api, Json, a_password, an_email, bearer, needed
from tests.contract.routes import PROTECTED, Route, filled

pytestmark = pytest.mark.brief

# Without a good token the film does not matter, so it need not exist.
ANY_FILM = {"id": 1}
protected = pytest.mark.parametrize(
    "route", [route for route in PROTECTED if route.is_in_brief], ids=str
)


def profile(api: Api, account: Account) -> Json:
    found: Json = needed(api.get("/user/", headers=account.headers)).json()
    return found


def test_one_can_register(api: Api) -> None:
    """`POST /auth/register` with an e-mail and a password succeeds."""
    assert api.register(an_email(), a_password()).is_success


def test_logging_in_gives_two_tokens(api: Api, registered: Account) -> None:
    """`POST /auth/login` with the registered pair gives `access_token` and `refresh_token`."""
    response = api.log_in(registered.email, registered.password)
    assert response.is_success
    assert set(response.json()) >= {"access_token", "refresh_token"}


def test_a_wrong_password_gives_no_tokens(api: Api, registered: Account) -> None:
    """`POST /auth/login` with a wrong password is refused."""
    assert api.log_in(registered.email, a_password()).status_code in {400, 401, 403}


def test_a_pair_is_exchanged_for_a_new_one(api: Api, reader: Account) -> None:
    """`PUT /auth/login` with a good pair gives a pair that works."""
    response = api.refresh(api.new_tokens(reader.email, reader.password))
    assert response.is_success
    assert api.whoami(response.json()).is_success


@pytest.mark.parametrize("half", ["access_token", "refresh_token"])
def test_a_bad_pair_is_not_exchanged(api: Api, reader: Account, half: str) -> None:
    """`PUT /auth/login` refuses a pair if one of its tokens is not a token."""
    assert api.refresh({**reader.tokens, half: "undefined"}).status_code in {400, 401, 403}


@protected
def test_what_is_protected_needs_a_token(api: Api, route: Route) -> None:
    """The profile, the password and the favorites are 401 without a token."""
    assert api.request(route.method, filled(route.path, ANY_FILM)).status_code == 401


@protected
def test_what_is_protected_needs_a_good_token(api: Api, route: Route) -> None:
    """The profile, the password and the favorites are 401 with a token that is none."""
    body = good_body(route, Account(an_email(), a_password(), {})) if route.text_fields else None
    url = filled(route.path, ANY_FILM)
    response = api.request(route.method, url, json=body, headers=bearer("undefined"))
    assert response.status_code == 401


def test_the_profile_is_ones_own(api: Api, reader: Account) -> None:
    """`GET /user/` shows the profile of whoever the token was given to."""
    assert profile(api, reader)["email"] == reader.email


@pytest.mark.parametrize("field", ["name", "surname"])
def test_names_can_be_changed(api: Api, reader: Account, field: str) -> None:
    """`PATCH /user/` changes `name` and `surname`, and they are there afterwards."""
    assert api.patch("/user/", json={field: "Анна"}, headers=reader.headers).is_success
    assert profile(api, reader)[field] == "Анна"


def test_the_favorite_genre_can_be_changed(api: Api, reader: Account, genre_id: int) -> None:
    """`PATCH /user/` changes `favorite_genre`, and it is there afterwards."""
    changes = {"favorite_genre": genre_id}
    assert api.patch("/user/", json=changes, headers=reader.headers).is_success
    assert profile(api, reader)["favorite_genre"] == genre_id


def test_the_password_can_be_changed(api: Api, account: Account) -> None:
    """After `PUT /user/password` the new password opens, and the old one does not."""
    passwords = {"old_password": account.password, "new_password": a_password()}
    assert api.put("/user/password/", json=passwords, headers=account.headers).is_success
    assert api.log_in(account.email, passwords["new_password"]).is_success
    assert api.log_in(account.email, account.password).status_code in {400, 401, 403}


def test_the_old_password_is_needed(api: Api, reader: Account) -> None:
    """`PUT /user/password` with a wrong old password is refused, and changes nothing."""
    passwords = {"old_password": a_password(), "new_password": a_password()}
    response = api.put("/user/password/", json=passwords, headers=reader.headers)
    assert response.status_code in {400, 401, 403}
    assert api.log_in(reader.email, reader.password).is_success

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import jwt
import pytest
from argon2 import PasswordHasher
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from dao.models import User
from tests.conftest import SECRET_KEY
from tests.views.conftest import PASSWORD, Account, log_in

CREDENTIALS = {"email": "anna@example.com", "password": PASSWORD}


def test_registers_an_account(client: FlaskClient) -> None:
    answer = client.post("/auth/register/", json=CREDENTIALS)
    assert answer.status_code == 201
    assert answer.headers["Location"] == "/user/"
    assert answer.json == {
        "id": answer.json["id"],
        "email": "anna@example.com",
        "name": None,
        "surname": None,
        "favorite_genre": None,
        "favourite_genre": None,
    }


def test_stores_a_hash_and_not_the_password(client: FlaskClient, session: Session) -> None:
    client.post("/auth/register/", json=CREDENTIALS)
    stored = session.scalar(select(User.password_hash))
    assert stored is not None
    assert stored.startswith("$argon2id$v=19$m=19456,t=2,p=1$")


def test_simultaneous_logins_renew_an_old_hash_and_all_succeed(
    app: Flask, client: FlaskClient, session: Session
) -> None:
    client.post("/auth/register/", json=CREDENTIALS)
    weaker = PasswordHasher(memory_cost=8192, time_cost=1, parallelism=1).hash(PASSWORD)
    session.execute(update(User).values(password_hash=weaker))
    session.commit()

    def log_in_once(_: int) -> int:
        return app.test_client().post("/auth/login/", json=CREDENTIALS).status_code

    with ThreadPoolExecutor(4) as threads:
        assert list(threads.map(log_in_once, range(4))) == [200] * 4
    renewed = session.scalar(select(User.password_hash))
    assert renewed is not None
    assert renewed.startswith("$argon2id$v=19$m=19456,t=2,p=1$")


def test_refuses_a_form_that_is_not_utf_8(client: FlaskClient) -> None:
    answer = client.post(
        "/auth/register/",
        data="email=anna@example.com&password=%ff%ff%ff%ff%ff%ff%ff%ff",
        content_type="application/x-www-form-urlencoded",
    )
    assert answer.status_code == 400


def test_takes_a_form_too(client: FlaskClient) -> None:
    assert client.post("/auth/register/", data=CREDENTIALS).status_code == 201
    assert client.post("/auth/login/", data=CREDENTIALS).status_code == 200


def test_an_address_is_registered_once(client: FlaskClient) -> None:
    client.post("/auth/register/", json=CREDENTIALS)
    again = client.post("/auth/register/", json={**CREDENTIALS, "email": "ANNA@example.com"})
    assert again.status_code == 409
    assert again.json == {"message": "This address is registered already."}


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"email": "anna"}, "email"),
        ({"email": "anna@" + "x" * 250 + ".com"}, "email"),
        ({"email": ["anna@example.com"]}, "email"),
        ({"email": None}, "email"),
        ({"password": "short"}, "password"),
        ({"password": "x" * 129}, "password"),
        ({"password": 1234567890}, "password"),
        ({"password": "null\0inside"}, "password"),
        ({"role": "admin"}, "role"),
    ],
)
def test_refuses_a_bad_registration(
    client: FlaskClient, change: dict[str, object], field: str
) -> None:
    answer = client.post("/auth/register/", json=CREDENTIALS | change)
    assert answer.status_code == 400
    assert list(answer.json["errors"]) == [field]


def test_counts_a_password_in_code_points_after_normalization(client: FlaskClient) -> None:
    decomposed = "и\u0306" * 7  # й seven times, in fourteen code points
    answer = client.post("/auth/register/", json={**CREDENTIALS, "password": decomposed})
    assert answer.status_code == 400


def test_a_password_does_not_depend_on_the_keyboard(client: FlaskClient) -> None:
    client.post("/auth/register/", json={**CREDENTIALS, "password": "и\u0306" * 8})
    composed = {**CREDENTIALS, "password": "й" * 8}
    assert client.post("/auth/login/", json=composed).status_code == 200


@pytest.mark.parametrize("change", [{"password": "wrong"}, {"email": "nobody@example.com"}])
def test_does_not_say_which_of_the_credentials_is_wrong(
    client: FlaskClient, change: dict[str, str]
) -> None:
    client.post("/auth/register/", json=CREDENTIALS)
    answer = client.post("/auth/login/", json=CREDENTIALS | change)
    assert answer.status_code == 401
    assert answer.json == {"message": "The address or the password is wrong."}
    assert answer.headers["WWW-Authenticate"] == 'Bearer realm="Kinoteka"'


def test_no_cache_may_keep_tokens(client: FlaskClient, account: Account) -> None:
    logged_in = client.post("/auth/login/", json={"email": account.email, "password": PASSWORD})
    refreshed = client.put("/auth/login/", json=account.tokens)
    kept = [answer.headers["Cache-Control"] for answer in (logged_in, refreshed)]
    assert kept == ["no-store", "no-store"]


def test_tokens_say_what_the_contract_lists(account: Account) -> None:
    claims = {
        kind: jwt.decode(account.tokens[f"{kind}_token"], SECRET_KEY, ["HS256"], audience=kind)
        for kind in ("access", "refresh")
    }
    common = {"iss", "aud", "sub", "sid", "iat", "exp", "jti"}
    assert set(claims["access"]) == common
    assert set(claims["refresh"]) == {*common, "gen"}
    assert claims["access"]["exp"] - claims["access"]["iat"] == 900
    assert claims["refresh"]["exp"] - claims["refresh"]["iat"] == 7 * 24 * 3600


def test_exchanges_a_pair(client: FlaskClient, account: Account) -> None:
    answer = client.put("/auth/login/", json=account.tokens)
    assert answer.status_code == 200
    fresh = Account(account.email, answer.json)
    assert client.get("/user/", headers=fresh.headers).status_code == 200
    assert client.put("/auth/login/", json=fresh.tokens).status_code == 200


def test_an_older_refresh_token_ends_the_session(client: FlaskClient, account: Account) -> None:
    second = client.put("/auth/login/", json=account.tokens).json
    third = client.put("/auth/login/", json=second).json

    replayed = client.put("/auth/login/", json=account.tokens)

    assert replayed.status_code == 401
    assert client.put("/auth/login/", json=third).status_code == 401
    assert client.get("/user/", headers=Account("", third).headers).status_code == 401


def test_a_pair_of_two_accounts_is_refused_and_not_consumed(
    client: FlaskClient, account: Account
) -> None:
    client.post("/auth/register/", json=CREDENTIALS)
    other = log_in(client, CREDENTIALS["email"])
    mixed = {**account.tokens, "access_token": other.tokens["access_token"]}

    assert client.put("/auth/login/", json=mixed).status_code == 401

    claims = jwt.decode(
        client.put("/auth/login/", json=account.tokens).json["refresh_token"],
        SECRET_KEY,
        ["HS256"],
        audience="refresh",
    )
    assert claims["gen"] == 1


def test_the_tokens_are_not_interchangeable(client: FlaskClient, account: Account) -> None:
    access, refresh = account.tokens["access_token"], account.tokens["refresh_token"]
    swapped = client.put("/auth/login/", json={"access_token": refresh, "refresh_token": access})
    doubled = client.put("/auth/login/", json={"access_token": access, "refresh_token": access})
    as_bearer = client.get("/user/", headers={"Authorization": f"Bearer {refresh}"})
    assert [a.status_code for a in (swapped, doubled, as_bearer)] == [401, 401, 401]


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({}, "access_token"),
        ({"access_token": ""}, "access_token"),
        ({"access_token": 1}, "access_token"),
    ],
)
def test_refuses_what_is_no_pair(
    client: FlaskClient, account: Account, body: dict[str, object], field: str
) -> None:
    pair = {"refresh_token": account.tokens["refresh_token"], **body}
    answer = client.put("/auth/login/", json=pair)
    assert answer.status_code == 400
    assert list(answer.json["errors"]) == [field]


def test_signing_out_ends_this_session_only(client: FlaskClient, account: Account) -> None:
    other = log_in(client, account.email)

    assert client.delete("/auth/login/", headers=account.headers).status_code == 204

    assert client.get("/user/", headers=account.headers).status_code == 401
    assert client.put("/auth/login/", json=account.tokens).status_code == 401
    assert client.get("/user/", headers=other.headers).status_code == 200

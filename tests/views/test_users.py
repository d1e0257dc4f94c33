from __future__ import annotations

import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from constants import NAME_LENGTH
from dao.models import Genre
from tests.support.builders import a_genre, a_movie
from tests.views.conftest import PASSWORD, Account, log_in

NEW_PASSWORD = "another horse battery"


@pytest.fixture
def genre(session: Session) -> Genre:
    row = a_genre()
    session.add(row)
    session.commit()
    return row


def test_shows_the_profile(client: FlaskClient, account: Account) -> None:
    answer = client.get("/user/", headers=account.headers)
    assert answer.status_code == 200
    assert answer.headers["Cache-Control"] == "no-store"
    assert (answer.json["email"], answer.json["name"]) == (account.email, None)


def test_the_guard_takes_one_statement(
    client: FlaskClient, statements: list[str], account: Account
) -> None:
    statements.clear()
    client.get("/user/", headers=account.headers)
    assert len([text for text in statements if "sessions" in text]) == 1
    assert len(statements) == 2


def test_changes_what_is_sent_and_keeps_the_rest(client: FlaskClient, account: Account) -> None:
    client.patch("/user/", json={"name": "Анна", "surname": "Иванова"}, headers=account.headers)
    answer = client.patch("/user/", json={"surname": None}, headers=account.headers)
    assert answer.status_code == 200
    assert answer.json == client.get("/user/", headers=account.headers).json
    assert (answer.json["name"], answer.json["surname"]) == ("Анна", None)


def test_an_empty_change_is_one_too(client: FlaskClient, account: Account) -> None:
    answer = client.patch("/user/", json={}, headers=account.headers)
    assert (answer.status_code, answer.json["email"]) == (200, account.email)


@pytest.mark.parametrize("spelling", ["favorite_genre", "favourite_genre"])
@pytest.mark.parametrize("kind", [int, str])
def test_takes_the_favorite_genre_in_either_spelling_as_number_or_digits(
    client: FlaskClient, account: Account, genre: Genre, spelling: str, kind: type
) -> None:
    answer = client.patch("/user/", json={spelling: kind(genre.id)}, headers=account.headers)
    assert answer.status_code == 200
    assert [answer.json["favorite_genre"], answer.json["favourite_genre"]] == [genre.id] * 2


def test_null_clears_the_favorite_genre(
    client: FlaskClient, account: Account, genre: Genre
) -> None:
    client.patch("/user/", json={"favorite_genre": genre.id}, headers=account.headers)
    answer = client.patch("/user/", json={"favourite_genre": None}, headers=account.headers)
    assert answer.json["favorite_genre"] is None


@pytest.mark.parametrize(
    "value", [999, "999", 0, -1, 2**31, 2**70, "9" * 5000, True, 5.7, "5.7", "", "٥", [], {}]
)
def test_refuses_what_is_no_genre(client: FlaskClient, account: Account, value: object) -> None:
    answer = client.patch("/user/", json={"favorite_genre": value}, headers=account.headers)
    assert answer.status_code == 400
    assert list(answer.json["errors"]) == ["favorite_genre"]


def test_refuses_two_spellings_that_differ(
    client: FlaskClient, account: Account, genre: Genre
) -> None:
    both = {"favorite_genre": genre.id, "favourite_genre": None}
    answer = client.patch("/user/", json=both, headers=account.headers)
    assert answer.status_code == 400
    assert client.get("/user/", headers=account.headers).json["favorite_genre"] is None


@pytest.mark.parametrize(
    "name", ["", "x" * (NAME_LENGTH + 1), "new\nline", "nul\0", 5, True, ["x"]]
)
def test_refuses_what_is_no_name(client: FlaskClient, account: Account, name: object) -> None:
    answer = client.patch("/user/", json={"name": name}, headers=account.headers)
    assert answer.status_code == 400
    assert list(answer.json["errors"]) == ["name"]


def test_takes_a_name_as_long_as_allowed(client: FlaskClient, account: Account) -> None:
    name = "Ы" * NAME_LENGTH
    answer = client.patch("/user/", json={"name": name}, headers=account.headers)
    assert answer.json["name"] == name


def test_changes_the_password(client: FlaskClient, account: Account) -> None:
    change = {"old_password": PASSWORD, "new_password": NEW_PASSWORD}
    assert client.put("/user/password/", json=change, headers=account.headers).status_code == 204
    assert log_in(client, account.email, NEW_PASSWORD).tokens
    old = client.post("/auth/login/", json={"email": account.email, "password": PASSWORD})
    assert old.status_code == 401


def test_a_new_password_ends_the_other_sessions(client: FlaskClient, account: Account) -> None:
    other = log_in(client, account.email)
    change = {"old_password": PASSWORD, "new_password": NEW_PASSWORD}
    client.put("/user/password/", json=change, headers=account.headers)
    statuses = [client.get("/user/", headers=a.headers).status_code for a in (account, other)]
    assert statuses == [200, 401]


def test_a_wrong_old_password_is_no_bad_token(client: FlaskClient, account: Account) -> None:
    change = {"old_password": "wrong", "new_password": NEW_PASSWORD}
    answer = client.put("/user/password/", json=change, headers=account.headers)
    assert answer.status_code == 400
    assert answer.json["errors"] == {"old_password": ["The password is wrong."]}


def test_deletes_the_account_with_all_that_belongs_to_it(
    client: FlaskClient, session: Session, account: Account
) -> None:
    film = a_movie()
    session.add(film)
    session.commit()
    client.post(f"/favorites/movies/{film.id}/", headers=account.headers)

    answer = client.delete("/user/", json={"password": PASSWORD}, headers=account.headers)

    assert answer.status_code == 204
    assert client.get("/user/", headers=account.headers).status_code == 401
    assert client.get(f"/movies/{film.id}/").json["favorites_count"] == 0
    again = {"email": account.email, "password": PASSWORD}
    assert client.post("/auth/register/", json=again).status_code == 201


def test_deletes_nothing_for_a_wrong_password(client: FlaskClient, account: Account) -> None:
    answer = client.delete("/user/", json={"password": "wrong"}, headers=account.headers)
    assert answer.status_code == 400
    assert client.get("/user/", headers=account.headers).status_code == 200

from __future__ import annotations

import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from dao.models import Movie
from tests.support.builders import a_movie
from tests.views.conftest import Account


@pytest.fixture
def films(session: Session) -> list[Movie]:
    rows = [a_movie(title=title) for title in ("A", "B", "C")]
    session.add_all(rows)
    session.commit()
    return rows


def add(client: FlaskClient, account: Account, *films: Movie) -> None:
    for film in films:
        client.post(f"/favorites/movies/{film.id}/", headers=account.headers)


def titles(client: FlaskClient, account: Account, query: str = "") -> list[str]:
    answer = client.get(f"/favorites/movies/{query}", headers=account.headers)
    assert answer.status_code == 200
    return [film["title"] for film in answer.json]


def test_there_are_none_at_first(client: FlaskClient, account: Account) -> None:
    answer = client.get("/favorites/movies/", headers=account.headers)
    assert (answer.json, answer.headers["X-Total-Count"]) == ([], "0")


def test_the_newest_favorite_comes_first(
    client: FlaskClient, account: Account, films: list[Movie]
) -> None:
    add(client, account, films[1], films[2], films[0])
    assert titles(client, account) == ["A", "C", "B"]
    assert titles(client, account, "?page=2&per_page=2") == ["B"]


def test_adding_answers_with_the_film_twice_the_same(
    client: FlaskClient, account: Account, films: list[Movie]
) -> None:
    path = f"/favorites/movies/{films[0].id}/"
    first, second = (client.post(path, headers=account.headers) for _ in range(2))
    assert (first.status_code, second.status_code) == (200, 200)
    assert first.json == second.json
    assert first.json["title"] == "A"
    assert client.get(f"/movies/{films[0].id}/").json["favorites_count"] == 1


def test_gives_a_film_that_is_a_favorite(
    client: FlaskClient, account: Account, films: list[Movie]
) -> None:
    add(client, account, films[0])
    answers = [
        client.get(f"/favorites/movies/{film.id}/", headers=account.headers) for film in films[:2]
    ]
    assert [answer.status_code for answer in answers] == [200, 404]
    assert answers[0].json["title"] == "A"


def test_removing_twice_is_the_same(
    client: FlaskClient, account: Account, films: list[Movie]
) -> None:
    add(client, account, films[0])
    path = f"/favorites/movies/{films[0].id}/"
    statuses = [client.delete(path, headers=account.headers).status_code for _ in range(2)]
    assert statuses == [204, 204]
    assert titles(client, account) == []
    assert client.get(f"/movies/{films[0].id}/").json["favorites_count"] == 0


@pytest.mark.parametrize("method", ["GET", "POST", "DELETE"])
def test_there_is_no_such_film(client: FlaskClient, account: Account, method: str) -> None:
    path = "/favorites/movies/999/"
    assert client.open(path, method=method, headers=account.headers).status_code == 404


def test_a_list_takes_two_statements_besides_the_guards_one(
    client: FlaskClient, statements: list[str], account: Account, films: list[Movie]
) -> None:
    add(client, account, *films)
    statements.clear()
    titles(client, account, "?page=1")
    assert len(statements) == 3

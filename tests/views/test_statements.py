"""The number of SQL statements per request."""

import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from tests.support.builders import a_movie, save
from tests.views.conftest import Account, besides_the_revision


def test_the_guard_sends_one(client: FlaskClient, statements: list[str], account: Account) -> None:
    statements.clear()
    client.get("/user/", headers=account.headers)
    assert [("sessions" in text, "FROM users" in text) for text in statements] == [
        (True, False),
        (False, True),
    ]


@pytest.mark.parametrize(
    "url",
    ["/movies/", "/movies/?page=1&status=new&genre_id=1", "/movies/?q=film", "/directors/?page=1"],
)
@pytest.mark.usefixtures("film")
def test_a_list_sends_two_at_most_and_when_cached_that_of_the_revision_alone(
    client: FlaskClient, statements: list[str], url: str
) -> None:
    statements.clear()
    client.get(url)
    assert 0 < len(besides_the_revision(statements)) <= 2
    statements.clear()
    client.get(url)
    assert (len(statements), besides_the_revision(statements)) == (1, [])


def test_a_list_of_favorites_sends_two_besides_the_guards_one(
    client: FlaskClient, session: Session, statements: list[str], account: Account
) -> None:
    films = [a_movie(), a_movie()]
    save(session, *films)
    for film in films:
        client.post(f"/favorites/movies/{film.id}/", headers=account.headers)
    statements.clear()
    response = client.get("/favorites/movies/?page=1", headers=account.headers)
    assert (len(response.json), len(statements)) == (2, 3)

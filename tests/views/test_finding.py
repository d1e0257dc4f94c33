from __future__ import annotations

from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from tests.support.builders import a_director, a_genre, a_movie, save


def test_spellings_of_one_search_share_one_whole_list(
    client: FlaskClient, session: Session, statements: list[str]
) -> None:
    drama, comedy = a_genre(), a_genre()
    save(session, a_movie(title="Amélie", genre=drama), a_movie(title="Other", genre=comedy))
    first = client.get(f"/movies/?q=amelie&genre_id={drama.id},{comedy.id}")
    statements.clear()
    again = client.get(f"/movies/?q=%20Am%C3%89lie&genre_id={comedy.id},{drama.id}&sort=&year=")
    assert [film["title"] for film in again.json] == ["Amélie"]
    assert (again.data, again.headers["ETag"]) == (first.data, first.headers["ETag"])
    assert not [statement for statement in statements if "FROM movies" in statement]


def test_the_pages_of_a_search_keep_it(client: FlaskClient, session: Session) -> None:
    for name in ("Ёлкин", "Елкина", "Ёлкин", "Other"):
        save(session, a_director(name=name))
    response = client.get("/directors/?q=%D0%B5%D0%BB%D0%BA&page=2&per_page=1")
    assert [director["name"] for director in response.json] == ["Елкина"]
    assert response.headers["X-Total-Count"] == "3"
    following = '</directors/?page=3&per_page=1&q=%D0%B5%D0%BB%D0%BA>; rel="next"'
    assert following in response.headers["Link"]


def test_an_unknown_genre_among_several_finds_nothing(
    client: FlaskClient, session: Session
) -> None:
    save(session, a_movie(title="Solaris"))
    assert client.get("/movies/?genre_id=2147483647,999999").json == []
    assert client.get("/movies/?year_from=9999999999999999999").json == []

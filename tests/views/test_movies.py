from __future__ import annotations

import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from tests.support.builders import a_director, a_genre, a_movie, save
from tests.views.conftest import Account, of_the_list


def years(session: Session, *given: int) -> None:
    save(session, *(a_movie(title=f"Film {n}", year=year) for n, year in enumerate(given, 1)))


def test_lists_a_film_with_its_genre_and_director(client: FlaskClient, session: Session) -> None:
    genre, director = a_genre(name="Драма"), a_director(name="Дэмьен Шазелл")
    film = a_movie(title="Одержимость", year=2013, rating=8.5, genre=genre, director=director)
    save(session, film)

    answer = client.get("/movies/")

    assert answer.status_code == 200
    assert answer.json == [
        {
            "id": film.id,
            "title": "Одержимость",
            "description": "Somebody goes somewhere.",
            "trailer": "",
            "year": 2013,
            "rating": 8.5,
            "genre": {"id": genre.id, "name": "Драма"},
            "director": {"id": director.id, "name": "Дэмьен Шазелл"},
        }
    ]


def test_writes_cyrillic_as_it_is(client: FlaskClient, session: Session) -> None:
    save(session, a_movie(title="Ёлки"))
    assert "Ёлки" in client.get("/movies/").text


def test_gives_pages_of_twelve(client: FlaskClient, session: Session) -> None:
    years(session, *range(1990, 2003))
    titles = [film["title"] for film in client.get("/movies/?page=2").json]
    assert titles == ["Film 13"]


def test_puts_the_newest_first_on_request(client: FlaskClient, session: Session) -> None:
    years(session, 2001, 2003, 2003, 2002)
    titles = [film["title"] for film in client.get("/movies/?status=new").json]
    assert titles == ["Film 3", "Film 2", "Film 4", "Film 1"]


def test_keeps_its_order_for_any_other_status(client: FlaskClient, session: Session) -> None:
    years(session, 2001, 2003)
    titles = [film["title"] for film in client.get("/movies/?status=old").json]
    assert titles == ["Film 1", "Film 2"]


@pytest.mark.parametrize("order", ["", "&status=new", "&sort=rating", "&sort=title"])
def test_the_pages_make_up_the_whole_list(
    client: FlaskClient, session: Session, order: str
) -> None:
    # Few different values, so that ties span the pages.
    save(
        session,
        *(
            a_movie(title=f"Film {n % 3}", year=2000 + n % 2, rating=[None, 5, 7][n % 3])
            for n in range(29)
        ),
    )
    pages = [client.get(f"/movies/?page={page}{order}").json for page in (1, 2, 3)]
    assert [film for page in pages for film in page] == client.get(f"/movies/?{order}").json


def test_tells_the_length_and_the_neighbors_of_a_page(
    client: FlaskClient, session: Session
) -> None:
    years(session, *range(1990, 1995))

    headers = client.get("/movies/?status=new&page=2&per_page=2").headers

    assert headers["X-Total-Count"] == "5"
    assert headers["Link"] == (
        '</movies/?page=1&status=new&per_page=2>; rel="first", '
        '</movies/?page=3&status=new&per_page=2>; rel="last", '
        '</movies/?page=1&status=new&per_page=2>; rel="prev", '
        '</movies/?page=3&status=new&per_page=2>; rel="next"'
    )


def test_a_whole_list_has_no_neighbors(client: FlaskClient, session: Session) -> None:
    years(session, 1999)
    headers = client.get("/movies/").headers
    assert headers["X-Total-Count"] == "1"
    assert "Link" not in headers


@pytest.mark.parametrize("page", ["3", "99999999999999999999", "9" * 5000])
def test_a_page_past_the_end_is_empty(client: FlaskClient, session: Session, page: str) -> None:
    years(session, 1999)
    answer = client.get(f"/movies/?page={page}")
    assert (answer.status_code, answer.json) == (200, [])


@pytest.mark.parametrize("page", ["0", "-1", "", "1.5", "1_0", "١", "abc", "all", "+1", " 1"])
def test_refuses_what_is_no_page(client: FlaskClient, page: str) -> None:
    answer = client.get("/movies/", query_string={"page": page})
    assert answer.status_code == 400
    assert list(answer.json["errors"]) == ["page"]


@pytest.mark.parametrize("query", ["page=1&per_page=0", "page=1&per_page=101", "per_page=5"])
def test_refuses_a_bad_length_of_page(client: FlaskClient, query: str) -> None:
    answer = client.get(f"/movies/?{query}")
    assert answer.status_code == 400
    assert list(answer.json["errors"]) == ["per_page"]


@pytest.mark.parametrize("query", ["sort=year", "sort=", "sort=title&status=new"])
def test_refuses_a_sort_it_does_not_know(client: FlaskClient, query: str) -> None:
    answer = client.get(f"/movies/?{query}")
    assert answer.status_code == 400
    assert list(answer.json["errors"]) == ["sort"]


def test_takes_the_first_of_a_repeated_parameter(client: FlaskClient, session: Session) -> None:
    years(session, 1999)
    assert client.get("/movies/?page=1&page=2&unknown=1").json[0]["title"] == "Film 1"


def test_filters_can_be_combined(client: FlaskClient, session: Session) -> None:
    genre, director = a_genre(), a_director()
    wanted = a_movie(title="Wanted", year=1999, genre=genre, director=director)
    save(
        session,
        wanted,
        a_movie(year=1999, genre=genre),
        a_movie(year=1999, director=director),
        a_movie(year=2000, genre=genre, director=director),
    )
    query = {"genre_id": genre.id, "director_id": director.id, "year": 1999}
    assert [film["title"] for film in client.get("/movies/", query_string=query).json] == ["Wanted"]


@pytest.mark.parametrize("value", ["0", "999", "40000", "2147483648", "99999999999999999999"])
@pytest.mark.parametrize("name", ["genre_id", "director_id", "year"])
def test_a_filter_that_fits_nothing_gives_an_empty_list(
    client: FlaskClient, session: Session, name: str, value: str
) -> None:
    years(session, 1999)
    answer = client.get(f"/movies/?{name}={value}")
    assert (answer.status_code, answer.json) == (200, [])


def test_shows_a_film_to_anyone(client: FlaskClient, session: Session) -> None:
    film = a_movie(title="Лето")
    save(session, film)
    detail = client.get(f"/movies/{film.id}/").json
    assert (detail["title"], detail["favorites_count"], detail["is_favorite"]) == ("Лето", 0, None)


def test_shows_who_is_signed_in_whether_it_is_a_favorite(
    client: FlaskClient, session: Session, account: Account
) -> None:
    liked, other = a_movie(), a_movie()
    save(session, liked, other)
    client.post(f"/favorites/movies/{liked.id}/", headers=account.headers)

    details = [
        client.get(f"/movies/{film.id}/", headers=account.headers).json for film in (liked, other)
    ]

    assert [(d["favorites_count"], d["is_favorite"]) for d in details] == [(1, True), (0, False)]


def test_a_bad_token_is_as_good_as_none(client: FlaskClient, session: Session) -> None:
    film = a_movie()
    save(session, film)
    answer = client.get(f"/movies/{film.id}/", headers={"Authorization": "Bearer undefined"})
    assert (answer.status_code, answer.json["is_favorite"]) == (200, None)


@pytest.mark.parametrize("movie_id", ["0", "999", "2147483648", "9" * 30, "٣", "abc", "-1", "1.0"])
@pytest.mark.usefixtures("session")
def test_there_is_no_film_with_such_an_id(client: FlaskClient, movie_id: str) -> None:
    answer = client.get(f"/movies/{movie_id}/")
    assert answer.status_code == 404
    assert answer.json["message"]


@pytest.mark.parametrize("query", ["", "?page=1", "?page=1&status=new&genre_id=1"])
def test_a_list_takes_two_statements_at_most(
    statements: list[str], client: FlaskClient, session: Session, query: str
) -> None:
    years(session, *range(1990, 2010))
    statements.clear()
    client.get(f"/movies/{query}")
    assert 0 < len(of_the_list(statements)) <= 2


def test_a_film_takes_three_statements_at_most_for_who_is_signed_in(
    statements: list[str], client: FlaskClient, session: Session, account: Account
) -> None:
    film = a_movie()
    save(session, film)
    statements.clear()
    client.get(f"/movies/{film.id}/", headers=account.headers)
    assert 0 < len(statements) <= 3


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("q=елк", ["Ёлки 2", "ёлки 3"]),
        ("q=%D0%81%D0%9B%D0%9A", ["Ёлки 2", "ёлки 3"]),
        ("q=5%25", ["5% of us"]),
        ("q=", ["Ёлки 2", "ёлки 3", "5% of us"]),
        ("q=лки&year=2001&sort=title", ["ёлки 3"]),
        ("q=ёл&status=new", ["ёлки 3", "Ёлки 2"]),
        ("q=%FF%FE%FD", []),
    ],
)
def test_finds_films_by_a_part_of_their_title(
    client: FlaskClient, session: Session, query: str, expected: list[str]
) -> None:
    years = {"Ёлки 2": 2000, "ёлки 3": 2001, "5% of us": 2002}
    for title, year in years.items():
        save(session, a_movie(title=title, year=year))
    found = client.get(f"/movies/?{query}")
    assert [film["title"] for film in found.json] == expected
    assert found.headers["X-Total-Count"] == str(len(expected))


@pytest.mark.usefixtures("session")
def test_refuses_to_look_for_what_no_title_can_hold(client: FlaskClient) -> None:
    answer = client.get("/movies/?q=a%00b")
    assert answer.status_code == 400
    assert answer.json["errors"] == {"q": ["The character U+0000 is not allowed."]}

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy.orm import Session

from constants import MAX_ID
from dao.base import Window
from dao.lists.movies import MovieFilter
from dao.lists.pages import Found
from dao.models import Favorite, User
from dao.movie import MovieDAO
from tests.dao.rows import titles
from tests.support.builders import a_director, a_genre, a_movie, a_user, save

ALL = MovieFilter()


@pytest.fixture
def movies(session: Session) -> MovieDAO:
    return MovieDAO(session)


def whole_rows(found: Found) -> list[list[Any]]:
    """The rows without what may be empty."""
    kept = [place for place, name in enumerate(found.columns) if name != "trailer"]
    return [[row[place] for place in kept] for row in found.rows]


def save_films(session: Session, *names: str) -> None:
    save(session, *(a_movie(title=name) for name in names))


def test_finds_nothing_in_an_empty_catalogue(movies: MovieDAO) -> None:
    found = movies.find(ALL)
    assert (titles(found), found.total) == ([], 0)


def test_orders_by_ascending_id(session: Session, movies: MovieDAO) -> None:
    save(
        session,
        a_movie(id=30, title="third"),
        a_movie(id=10, title="first"),
        a_movie(id=20, title="second"),
    )
    assert titles(movies.find(ALL)) == ["first", "second", "third"]


def test_orders_the_newest_by_descending_year_and_id(session: Session, movies: MovieDAO) -> None:
    years = {"old": 1972, "new": 2020, "as new": 2020, "older": 1925, "newest": 2024}
    for title, year in years.items():
        save(session, a_movie(title=title, year=year))
    found = movies.find(ALL, "newest")
    assert titles(found) == ["newest", "as new", "new", "old", "older"]


def test_orders_by_descending_rating_and_puts_the_unrated_last(
    session: Session, movies: MovieDAO
) -> None:
    ratings = {"unrated": None, "good": 8.5, "best": 9.0, "as good": 8.5, "worst": 0.0}
    for title, rating in {**ratings, "as unrated": None}.items():
        save(session, a_movie(title=title, rating=rating))
    found = movies.find(ALL, "rating")
    assert titles(found) == ["best", "good", "as good", "worst", "unrated", "as unrated"]


def test_orders_titles_by_code_point_without_regard_to_case_and_yo(
    session: Session, movies: MovieDAO
) -> None:
    save_films(session, "Ёлки 2", "ель", "Zорро", "a c", "AB", "🎬", "_", "яд", "елки 3", "10")
    found = movies.find(ALL, "title")
    expected = ["10", "_", "a c", "AB", "Zорро", "Ёлки 2", "елки 3", "ель", "яд", "🎬"]
    assert titles(found) == expected


def test_orders_films_of_one_title_by_ascending_id(session: Session, movies: MovieDAO) -> None:
    save(session, a_movie(id=20, title="SOLARIS"), a_movie(id=10, title="Solaris"))
    assert titles(movies.find(ALL, "title")) == ["Solaris", "SOLARIS"]


def test_filters_by_genre(session: Session, movies: MovieDAO) -> None:
    genre = a_genre()
    save(session, a_movie(title="wanted", genre=genre), a_movie(title="another"))
    found = movies.find(MovieFilter(genre_id=genre.id))
    assert (titles(found), found.total) == (["wanted"], 1)


def test_filters_by_director(session: Session, movies: MovieDAO) -> None:
    director = a_director()
    save(session, a_movie(title="wanted", director=director), a_movie(title="another"))
    found = movies.find(MovieFilter(director_id=director.id))
    assert (titles(found), found.total) == (["wanted"], 1)


def test_filters_by_year(session: Session, movies: MovieDAO) -> None:
    save(session, a_movie(title="wanted", year=1972), a_movie(title="another", year=1973))
    found = movies.find(MovieFilter(year=1972))
    assert (titles(found), found.total) == (["wanted"], 1)


def test_finds_only_what_fits_all_filters(session: Session, movies: MovieDAO) -> None:
    genre, director = a_genre(), a_director()
    save(
        session,
        a_movie(title="wanted", genre=genre, director=director, year=1972),
        a_movie(title="another genre", director=director, year=1972),
        a_movie(title="another director", genre=genre, year=1972),
        a_movie(title="another year", genre=genre, director=director, year=1973),
    )
    wanted = MovieFilter(genre_id=genre.id, director_id=director.id, year=1972)
    assert titles(movies.find(wanted)) == ["wanted"]


@pytest.mark.parametrize(
    "wanted",
    [MovieFilter(genre_id=MAX_ID), MovieFilter(director_id=MAX_ID), MovieFilter(year=MAX_ID)],
)
def test_finds_nothing_for_what_no_film_has(
    session: Session, movies: MovieDAO, wanted: MovieFilter
) -> None:
    save_films(session, "a film")
    found = movies.find(wanted)
    assert (titles(found), found.total) == ([], 0)


@pytest.mark.parametrize(
    ("window", "expected"),
    [
        (Window(0, 2), ["a", "b"]),
        (Window(2, 2), ["c", "d"]),
        (Window(4, 2), ["e"]),
        (Window(3, 2), ["d", "e"]),
        (Window(5, 2), []),
        (Window(2**63, 100), []),
        (Window(0, 100), ["a", "b", "c", "d", "e"]),
    ],
)
def test_gives_a_window_of_the_list_and_the_total(
    session: Session, movies: MovieDAO, window: Window, expected: list[str]
) -> None:
    save_films(session, "e", "d", "c", "b", "a")
    found = movies.find(ALL, "title", window)
    assert (titles(found), found.total) == (expected, 5)


def test_counts_only_what_fits(session: Session, movies: MovieDAO) -> None:
    genre = a_genre()
    films = [a_movie(title=title, genre=genre) for title in "abc"]
    save(session, *films, a_movie(title="of another genre"))
    found = movies.find(MovieFilter(genre_id=genre.id), "title", Window(1, 1))
    assert (titles(found), found.total) == (["b"], 3)


@pytest.mark.parametrize(
    ("window", "expected"), [(None, 2), (Window(0, 2), 2), (Window(2, 2), 2), (Window(9, 2), 1)]
)
def test_takes_as_few_statements_as_promised(
    session: Session,
    movies: MovieDAO,
    statements: list[str],
    window: Window | None,
    expected: int,
) -> None:
    save_films(session, "a", "b", "c")
    statements.clear()
    assert all(all(row) for row in whole_rows(movies.find(ALL, "id", window)))
    assert len(statements) == expected


def a_fan(session: Session, **liked_at: int) -> User:
    """A user who likes films that have these titles, since these times."""
    films = {title: a_movie(title=title) for title in liked_at}
    user = a_user()
    save(session, user, *films.values())
    for title, moment in liked_at.items():
        save(session, Favorite(user_id=user.id, movie_id=films[title].id, created_at=moment))
    return user


def test_finds_the_favorites_of_the_user_alone(session: Session, movies: MovieDAO) -> None:
    fan = a_fan(session, mine=1)
    a_fan(session, theirs=2)
    found = movies.find_favorites(fan.id)
    assert (titles(found), found.total) == (["mine"], 1)


def test_orders_favorites_from_the_newest_on(session: Session, movies: MovieDAO) -> None:
    fan = a_fan(session, second=20, last=10, as_second=20, first=30)
    assert titles(movies.find_favorites(fan.id)) == ["first", "as_second", "second", "last"]


@pytest.mark.parametrize(
    ("window", "expected"), [(Window(0, 2), ["c", "b"]), (Window(2, 2), ["a"]), (Window(4, 2), [])]
)
def test_gives_a_window_of_the_favorites_and_the_total(
    session: Session, movies: MovieDAO, window: Window, expected: list[str]
) -> None:
    a_fan(session, d=1)
    fan = a_fan(session, a=1, b=2, c=3)
    found = movies.find_favorites(fan.id, window)
    assert (titles(found), found.total) == (expected, 3)


@pytest.mark.parametrize(("window", "expected"), [(None, 2), (Window(0, 2), 2)])
def test_takes_as_few_statements_for_favorites(
    session: Session,
    movies: MovieDAO,
    statements: list[str],
    window: Window | None,
    expected: int,
) -> None:
    fan = a_fan(session, a=1, b=2, c=3)
    statements.clear()
    assert all(all(row) for row in whole_rows(movies.find_favorites(fan.id, window)))
    assert len(statements) == expected

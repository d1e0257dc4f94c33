import pytest
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from dao.lists import MovieFilter
from dao.movie import MovieDAO
from helpers.database import sqlite
from tests.dao.rows import titles
from tests.support.builders import a_movie, save
from tests.support.large import save_many_movies

ALL = MovieFilter()
ORDERS = ["id", "newest", "rating", "title", "popular"]


@pytest.mark.parametrize(
    ("order", "column", "values", "expected"),
    [
        ("id", "id", [30, 10, 20], "bca"),
        ("newest", "year", [1972, 2024, 2024], "cba"),
        ("rating", "rating", [None, 8.5, 9.0, 8.5, 0.0, None], "cbdeaf"),
        ("popular", "favorites_count", [2, 0, 5, 2], "cadb"),
    ],
)
def test_every_order_is_total(
    session: Session,
    movies: MovieDAO,
    order: str,
    column: str,
    values: list[float | None],
    expected: str,
) -> None:
    for title, value in zip("abcdef", values, strict=False):
        save(session, a_movie(title=title, **{column: value}))
    assert "".join(titles(movies.find(ALL, order))) == expected


def test_orders_titles_by_the_code_points_of_what_is_folded(
    session: Session, movies: MovieDAO
) -> None:
    expected = ["_", "a c", "'Aa", "Ü", "Zорро", "«Еда»", "Ёлки 2", "елки 2", "ель", "яд", "🎬"]
    films = {title: a_movie(title=title) for title in expected}
    save(session, films.pop("Ёлки 2"), *reversed(films.values()))
    assert titles(movies.find(ALL, "title")) == expected


@pytest.mark.parametrize("order", ORDERS)
@pytest.mark.parametrize("part", ["film", "fi", None])
def test_the_pages_make_up_the_whole_list_in_every_order(
    session: Session, movies: MovieDAO, order: str, part: str | None
) -> None:
    # Few distinct values, so that ties span pages.
    columns = [
        {"year": 2000 + n % 2, "rating": [None, 5, 7][n % 3], "favorites_count": n % 4}
        for n in range(13)
    ]
    films = [a_movie(title=f"Film {n % 3}", **values) for n, values in enumerate(columns)]
    save(session, *films, a_movie(title="A thing" if part else "Film 0"))
    wanted = MovieFilter(title_part=part)
    whole = [tuple(row) for row in movies.find(wanted, order).rows]
    pages = [movies.find(wanted, order, number, 3) for number in range(1, 7)]
    assert [tuple(row) for page in pages for row in page.rows] == whole
    length = 13 if part else 14
    assert [len(whole), *(page.total for page in pages)] == [length] * 7


@pytest.mark.parametrize("order", ORDERS)
def test_a_list_has_a_revision_unless_it_depends_on_favorites(
    session: Session, movies: MovieDAO, order: str
) -> None:
    save(session, a_movie())
    pages = [movies.find(ALL, order, number) for number in (None, 1, 9)]
    assert {page.revision is None for page in pages} == {order == "popular"}


@pytest.mark.parametrize("app", ["sqlite"], indirect=True)
def test_the_rows_of_a_whole_list_may_take_as_long_as_they_are_many(
    movies: MovieDAO, unlimited: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    save_many_movies(unlimited, 2_000)
    page = movies.find(ALL)
    monkeypatch.setattr(sqlite, "LOCK_SECONDS", 0)  # All other statements now time out at once.
    assert len(list(page.rows)) == 2_000

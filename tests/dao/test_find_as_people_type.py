"""What people look for is found on both engines, however it is written."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy.orm import Session

from dao.lists import MovieFilter
from dao.models import Director, Genre
from dao.movie import MovieDAO
from dao.reference import ReferenceDAO
from helpers.text import fold
from tests.dao.rows import names, titles
from tests.support.builders import a_director, a_genre, a_movie, save

TITLES = (
    *("Дюна", "Amélie", "Spider\u2011Man", "İstanbul", "Schindler's List", "ВАЛЛ·И"),
    *("Кин-дза-дза!", "M*A*S*H", "AC/DC", "9½ Weeks", "ＡＫＩＲＡ", "...", "100%", "Ёлки"),
)


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        *(
            ("Дюна ", "Дюна"),
            (" юна", "Дюна"),
            ("amelie", "Amélie"),
            ("spider-man", "Spider\u2011Man"),
        ),
        *(("istanbul", "İstanbul"), ("schindlers list", "Schindler's List"), ("валл-и", "ВАЛЛ·И")),
        *(("валл и", "ВАЛЛ·И"), ("кин дза дза", "Кин-дза-дза!"), ("mash", "M*A*S*H")),
        *(("ac dc", "AC/DC"), ("9 1 2", "9½ Weeks"), ("kira", "ＡＫＩＲＡ"), ("...", "...")),
        *((".", "..."), ("елк", "Ёлки"), ("ач", None), ("%", None), ("00%", None), ("_", None)),
    ],
)
def test_finds_titles_as_people_type_them(
    session: Session, typed: str, expected: str | None
) -> None:
    save(session, *(a_movie(title=title) for title in TITLES))
    found = MovieDAO(session).find(MovieFilter(title_part=fold(typed)))
    assert titles(found) == ([expected] if expected else [])


@pytest.mark.parametrize("model", [Director, Genre])
@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("сергеев", ["Сергеев", "Ан Сергеева"]),
        ("МОЛДАНОВ", ["Алёна Молданов"]),
        ("алена м", ["Алёна Молданов"]),
        ("се", ["Сергеев"]),
        ("ан", ["Ан Сергеева", "Ань"]),
        ("о'ке", ["О’Кейси"]),
        ("гее%", ["Сергеев", "Ан Сергеева"]),
        ("нет такого", []),
    ],
)
def test_finds_names_in_the_order_of_ids(
    session: Session, model: type[Director] | type[Genre], typed: str, expected: list[str]
) -> None:
    make = a_director if model is Director else a_genre
    for name in ("Сергеев", "Ан Сергеева", "Алёна Молданов", "Ань", "О’Кейси"):
        save(session, make(name=name))
    rows = ReferenceDAO(session, model)
    whole = rows.find(name_part=fold(typed))
    assert (names(whole), whole.total) == (expected, len(expected))
    last = rows.find(2, 1, name_part=fold(typed))
    assert (names(last), last.total) == (expected[1:2], len(expected))


@pytest.mark.parametrize(
    ("wanted", "expected"),
    [
        ({"year_from": 1990}, "cde"),
        ({"year_to": 1990}, "abc"),
        ({"year_from": 1980, "year_to": 1990}, "bc"),
        ({"year_from": 1991, "year_to": 1990}, ""),
        ({"year_from": 2**31 - 1}, ""),
        ({"rating_from": 7.5}, "bd"),
        ({"rating_from": 0}, "abde"),
        ({"rating_from": 11.0}, ""),
        ({"rating_from": 7.4, "year_from": 1981}, "d"),
        ({"genres": "xy"}, "abcd"),
        ({"genres": "xz"}, "abe"),
        ({"genres": "x"}, "ab"),
        ({"genres": "yz", "year_from": 1995, "rating_from": 1}, "de"),
        ({"genres": "xy", "title_part": "film", "year_to": 1980}, "ab"),
        ({"genres": "xy", "title_part": "fi", "rating_from": 8}, "b"),
    ],
)
@pytest.mark.parametrize("order", ["id", "newest", "rating", "title", "popular"])
@pytest.mark.parametrize("few", [0, 5_000])
def test_finds_what_lies_in_all_ranges_in_every_order(
    session: Session,
    monkeypatch: pytest.MonkeyPatch,
    wanted: dict[str, Any],
    expected: str,
    order: str,
    few: int,
) -> None:
    genres = {name: a_genre() for name in "xyz"}
    for number, (genre, year, rating) in enumerate(
        [("x", 1970, 5), ("x", 1980, 8), ("y", 1990, None), ("y", 2000, 7.5), ("z", 2010, 1)]
    ):
        save(
            session,
            a_movie(
                **{"title": f"Film {'abcde'[number]}", "genre": genres[genre], "year": year},
                **{"rating": rating, "favorites_count": number % 3},
            ),
        )
    ids = tuple(genres[name].id for name in wanted.get("genres", ""))
    others = {name: value for name, value in wanted.items() if name != "genres"}
    movie_filter = MovieFilter(genre_ids=ids, **others)
    monkeypatch.setattr("dao.lists.movies.FEW", few)
    movies = MovieDAO(session)
    whole = movies.find(movie_filter, order)
    assert sorted(title[-1] for title in titles(whole)) == sorted(expected)
    pages = [titles(movies.find(movie_filter, order, number, 1)) for number in range(1, 6)]
    every_film = titles(movies.find(MovieFilter(), order))
    in_order = [title for title in every_film if title[-1] in expected]
    assert [title for page in pages for title in page] == in_order
    assert whole.total == len(expected)


def test_orders_titles_by_the_folded_text_and_its_code_points(session: Session) -> None:
    for title in ("ёж", "Ель", "«Еда»", "ежи", "10", "'Aa", "ab", "Ящик", "Ü", "z", "🎬"):
        save(session, a_movie(title=title))
    found = titles(MovieDAO(session).find(MovieFilter(), "title"))
    assert found == ["10", "'Aa", "ab", "Ü", "z", "«Еда»", "ёж", "ежи", "Ель", "Ящик", "🎬"]

"""Films in ranges of years and ratings, and of several genres."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy.orm import Session

from dao.lists import MovieFilter
from dao.movie import MovieDAO
from tests.dao.rows import titles
from tests.support.builders import a_genre, a_movie, save


@pytest.fixture
def genres(session: Session) -> dict[str, int]:
    """The ids of three genres by name; their films end in a letter each, from a to e."""
    rows = {name: a_genre(name=name) for name in "xyz"}
    films = [
        {"title": "Film a", "genre": rows["x"], "year": 1970, "rating": 5},
        {"title": "Film b", "genre": rows["x"], "year": 1980, "rating": 8},
        {"title": "Film c", "genre": rows["y"], "year": 1990, "rating": None},
        {"title": "Film d", "genre": rows["y"], "year": 2000, "rating": 7.5},
        {"title": "Film e", "genre": rows["z"], "year": 2010, "rating": 1},
    ]
    for number, columns in enumerate(films):
        save(session, a_movie(favorites_count=number % 3, **columns))
    return {name: row.id for name, row in rows.items()}


@pytest.mark.parametrize(
    ("wanted", "of_genres", "expected"),
    [
        ({"year_from": 1990}, "", "cde"),
        ({"year_to": 1990}, "", "abc"),
        ({"year_from": 1980, "year_to": 1990}, "", "bc"),
        ({"year_from": 1991, "year_to": 1990}, "", ""),
        ({"year_from": 2**31 - 1}, "", ""),
        ({"rating_from": 7.5}, "", "bd"),
        ({"rating_from": 0}, "", "abde"),
        ({"rating_from": 11.0}, "", ""),
        ({"rating_from": 7.4, "year_from": 1981}, "", "d"),
        ({}, "xy", "abcd"),
        ({}, "xz", "abe"),
        ({}, "x", "ab"),
        ({"year_from": 1995, "rating_from": 1}, "yz", "de"),
        ({"title_part": "film", "year_to": 1980}, "xy", "ab"),
        ({"title_part": "fi", "rating_from": 8}, "xy", "b"),
    ],
)
@pytest.mark.parametrize("order", ["id", "newest", "rating", "title", "popular"])
@pytest.mark.parametrize("few", [0, 5_000])
def test_finds_what_lies_in_all_ranges_in_every_order(
    session: Session,
    monkeypatch: pytest.MonkeyPatch,
    genres: dict[str, int],
    wanted: dict[str, Any],
    of_genres: str,
    expected: str,
    order: str,
    few: int,
) -> None:
    monkeypatch.setattr("dao.lists.movies.FEW", few)
    movies = MovieDAO(session)
    fitting = MovieFilter(genre_ids=tuple(genres[name] for name in of_genres), **wanted)
    in_order = [it for it in titles(movies.find(MovieFilter(), order)) if it[-1] in expected]
    whole = movies.find(fitting, order)
    assert (titles(whole), whole.total) == (in_order, len(expected))
    pages = [titles(movies.find(fitting, order, number, 1)) for number in range(1, 6)]
    assert [title for page in pages for title in page] == in_order

"""Films that match all filters, in every order."""

from typing import Any

import pytest
from sqlalchemy.orm import Session

from dao.lists import MovieFilter
from dao.movie import MovieDAO
from tests.dao.rows import titles
from tests.support.builders import a_director, a_genre, a_movie, save


@pytest.fixture
def ids(session: Session) -> dict[str, int]:
    """The ids of genres x to z and directors p and q. The films are called a to e."""
    names = {**{it: a_genre() for it in "xyz"}, **{it: a_director() for it in "pq"}}
    facts: list[tuple[Any, ...]] = [
        ("Film a", "x", "p", 1970, 5, 0),
        ("Film b", "x", "q", 1980, 8, 1),
        ("Film c", "y", "p", 1990, None, 2),
        ("Film d", "y", "q", 2000, 7.5, 0),
        ("Film e", "z", "q", 2010, 1, 1),
    ]
    columns = ("title", "genre", "director", "year", "rating", "favorites_count")
    for film in facts:
        row = dict(zip(columns, film, strict=True))
        links = {"genre": names[row["genre"]], "director": names[row["director"]]}
        session.add(a_movie(**row | links))
        session.flush()  # Flush each film, so that ids are in the order of titles.
    save(session)
    return {name: row.id for name, row in names.items()}


@pytest.mark.parametrize(
    ("wanted", "expected"),
    [
        ({"year": 1980}, "b"),
        ({"year_from": 1980, "year_to": 1990}, "bc"),
        ({"rating_from": 7.5}, "bd"),
        ({"rating_from": 11.0}, ""),
        ({"rating_from": 7.4, "year_from": 1981}, "d"),
        ({"genre_ids": "x"}, "ab"),
        ({"genre_ids": "xy"}, "abcd"),
        ({"genre_ids": "yz", "year_from": 1995, "rating_from": 1}, "de"),
        ({"genre_ids": "xy", "title_part": "film", "year_to": 1980}, "ab"),
        ({"genre_ids": "xy", "title_part": "fi", "rating_from": 8}, "b"),
        ({"director_id": "p"}, "ac"),
        ({"director_id": "q", "genre_ids": "y", "year": 2000, "title_part": "ilm"}, "d"),
    ],
)
@pytest.mark.parametrize("order", ["id", "newest", "rating", "title", "popular"])
@pytest.mark.parametrize("few", [0, 5_000])
def test_finds_what_fits_all_filters_in_every_order(
    movies: MovieDAO,
    monkeypatch: pytest.MonkeyPatch,
    ids: dict[str, int],
    wanted: dict[str, Any],
    expected: str,
    order: str,
    few: int,
) -> None:
    monkeypatch.setattr("dao.lists.movies.MAX_SORTED", few)
    genre_ids = tuple(ids[name] for name in wanted.get("genre_ids", ""))
    director_id = ids.get(wanted.get("director_id", ""))
    fitting = MovieFilter(**{**wanted, "genre_ids": genre_ids, "director_id": director_id})

    in_order = [it for it in titles(movies.find(MovieFilter(), order)) if it[-1] in expected]
    whole = movies.find(fitting, order)
    assert (titles(whole), whole.total) == (in_order, len(expected))
    pages = [titles(movies.find(fitting, order, number, 1)) for number in range(1, 6)]
    assert [title for page in pages for title in page] == in_order

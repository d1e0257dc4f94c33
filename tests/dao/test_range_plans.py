"""Films in ranges and of several genres are found in indexes alone, which have all that is asked.

PostgreSQL plans by what it knows of the rows; that its plans hold is measured.
"""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import Engine, Select
from sqlalchemy.orm import Session

from dao.lists import MovieFilter
from dao.lists.movie_queries import count_of_movies, movies

pytestmark = pytest.mark.parametrize("app", ["sqlite"], indirect=True)

RANGES: list[dict[str, Any]] = [
    {"genre_ids": (1, 2)},
    {"year_from": 1990},
    {"year_from": 1990, "year_to": 2000},
    {"rating_from": 7.5},
    {"year": 1990, "rating_from": 7.5},
    {"genre_ids": (1,), "year_from": 1990},
    {"genre_ids": (1,), "year_to": 1990, "rating_from": 7.5},
    {"genre_ids": (1, 2, 3), "year_from": 1990, "year_to": 2000, "rating_from": 7.5},
]


def plan(session: Session, query: Select[*tuple[Any, ...]], values: Any) -> list[str]:
    """Return the steps in which SQLite finds films, without those of the rows of a page."""
    connection = session.connection()
    sent = query.params(**values, offset=0, limit=12)
    literal = sent.compile(connection, compile_kwargs={"literal_binds": True})
    steps = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {literal}").all()
    return [step[-1] for step in steps]


@pytest.mark.parametrize("wanted", RANGES)
def test_films_are_counted_in_one_index(
    session: Session, engine: Engine, wanted: dict[str, Any]
) -> None:
    shape, values = MovieFilter(**wanted).shape(engine.dialect.name)
    steps = plan(session, count_of_movies(shape), values)
    found = [step for step in steps if " movies " in step]
    assert [step.startswith("SEARCH movies USING COVERING INDEX") for step in found] == [True]


@pytest.mark.parametrize("wanted", RANGES)
@pytest.mark.parametrize("order", ["id", "newest", "rating", "title", "popular"])
def test_where_many_fit_a_page_is_cut_from_the_index_of_its_order(
    session: Session, engine: Engine, wanted: dict[str, Any], order: str
) -> None:
    shape, values = MovieFilter(**wanted).shape(engine.dialect.name)
    steps = plan(session, movies(shape, order, walks=True, from_end=False), values)
    index = f"USING COVERING INDEX ix_movies_{'folded_title' if order == 'title' else order}"
    assert [
        step
        for step in steps
        if step.startswith(("SCAN movies", "SEARCH movies")) and index in step
    ]
    assert sum("TEMP B-TREE" in step for step in steps) <= 1  # That of the page's own rows.


@pytest.mark.parametrize("wanted", [RANGES[0], RANGES[2], RANGES[4]])
@pytest.mark.parametrize("order", ["id", "title"])
def test_where_few_fit_they_are_found_by_what_is_wanted(
    session: Session, engine: Engine, wanted: dict[str, Any], order: str
) -> None:
    shape, values = MovieFilter(**wanted).shape(engine.dialect.name)
    steps = plan(session, movies(shape, order, walks=False, from_end=False), values)
    assert not [step for step in steps if step.startswith("SCAN movies")]

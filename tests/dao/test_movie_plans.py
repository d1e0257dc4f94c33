"""What is asked of a catalogue of any size is answered from an index.

PostgreSQL plans by what it knows of the rows, and reads a table of a test from end to end; that its
plans hold too is measured, in `benchmarks/`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from sqlalchemy import Engine, event
from sqlalchemy.orm import Session

from dao.lists import MovieFilter
from dao.movie import MovieDAO
from tests.support.builders import a_genre, a_movie, save

pytestmark = pytest.mark.parametrize("app", ["sqlite"], indirect=True)

ORDERS = ["newest", "rating", "title", "popular"]
OF_ORDER = {"title": "folded_title"}

Plan = Callable[..., list[str]]


@pytest.fixture
def plan(session: Session, engine: Engine) -> Iterator[Plan]:
    """The steps in which SQLite finds the rows of a page."""
    genre = a_genre(id=1)
    save(session, *(a_movie(title=f"Film {number}", genre=genre) for number in range(30)))
    sent: list[tuple[str, Any]] = []

    def note(_connection: object, _cursor: object, statement: str, values: Any, *_: object) -> None:
        sent.append((statement, values))

    def explain(order: str, number: int = 1, **wanted: Any) -> list[str]:
        sent.clear()
        list(MovieDAO(session).find(MovieFilter(**wanted), order, number, 5).rows)
        statement, values = sent[-1]
        explained = session.connection().exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", values)
        return [step[-1] for step in explained]

    event.listen(engine, "before_cursor_execute", note)
    yield explain
    event.remove(engine, "before_cursor_execute", note)


@pytest.mark.parametrize("order", ORDERS)
@pytest.mark.parametrize("number", [1, 6], ids=["first", "last"])
def test_a_page_of_all_films_is_cut_from_the_index_of_its_order(
    plan: Plan, order: str, number: int
) -> None:
    index = f"ix_movies_{OF_ORDER.get(order, order)}"
    assert f"SCAN movies USING COVERING INDEX {index}" in plan(order, number)


@pytest.mark.parametrize("number", [1, 4], ids=["first", "middle"])
def test_a_page_by_id_is_cut_from_an_index_without_films(plan: Plan, number: int) -> None:
    assert "SCAN movies USING COVERING INDEX ix_movies_id" in plan("id", number)


@pytest.mark.parametrize("order", ORDERS)
def test_a_page_of_a_genre_is_cut_from_an_index_of_its_own(plan: Plan, order: str) -> None:
    index = f"ix_movies_genre_{OF_ORDER.get(order, order)}"
    assert f"SEARCH movies USING COVERING INDEX {index} (genre_id=?)" in plan(order, genre_ids=(1,))


@pytest.mark.parametrize("order", ["id", *ORDERS])
@pytest.mark.parametrize("genre_ids", [(), (1,)])
def test_a_text_is_looked_up_once(plan: Plan, order: str, genre_ids: tuple[int, ...]) -> None:
    steps = plan(order, title_part="film", genre_ids=genre_ids)
    lookups = [step for step in steps if "movie_titles" in step]
    # An equals sign would say: once for each film of another list.
    assert [("VIRTUAL TABLE" in step, "=" in step) for step in lookups] == [(True, False)]


def test_a_beginning_is_a_range_of_the_index_of_titles(plan: Plan) -> None:
    steps = plan("title", title_part="fi")
    index = "SEARCH movies USING COVERING INDEX ix_movies_folded_title"
    assert f"{index} (folded_title>? AND folded_title<?)" in steps

"""SQLite counts and lists films from indexes, whatever the size of the catalogue.

PostgreSQL plans by table statistics, and scans a table as small as a test's sequentially. Its plans
are measured in `benchmarks/`.
"""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from sqlalchemy import Engine, event
from sqlalchemy.orm import Session

from dao.lists import MovieFilter
from dao.movie import MovieDAO
from tests.support.builders import a_director, a_genre, a_movie, save

pytestmark = pytest.mark.parametrize("app", ["sqlite"], indirect=True)

ORDERS = ["newest", "rating", "title", "popular"]
OF_ORDER = {"title": "folded_title"}
RANGES: list[dict[str, Any]] = [
    {"genre_ids": (1, 2)},
    {"year_from": 1990},
    {"year_from": 1990, "year_to": 2000},
    {"rating_from": 7.5},
    {"year": 1990, "rating_from": 7.5},
    {"genre_ids": (1,), "year_to": 1990, "rating_from": 7.5},
]

Steps = list[str]
Plans = Callable[..., list[Steps]]


@pytest.fixture
def plans(session: Session, engine: Engine) -> Iterator[Plans]:
    """SQLite's plans for the count of films and for the films of a page."""
    facts = {"genre": a_genre(id=1), "director": a_director(id=1), "year": 1990}
    save(session, *(a_movie(title=f"Film {number}", **facts) for number in range(30)))
    sent: list[tuple[str, Any]] = []

    def note(_connection: object, _cursor: object, statement: str, values: Any, *_: object) -> None:
        sent.append((statement, values))

    def explain(order: str, number: int = 1, **wanted: Any) -> list[Steps]:
        sent.clear()
        MovieDAO(session).find(MovieFilter(**wanted), order, number, 5)
        return [steps(statement, values) for statement, values in list(sent)]

    def steps(statement: str, values: Any) -> Steps:
        explained = session.connection().exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", values)
        return [step[-1] for step in explained]

    event.listen(engine, "before_cursor_execute", note)
    yield explain
    event.remove(engine, "before_cursor_execute", note)


def index_of(order: str, prefix: str = "") -> str:
    return f"USING COVERING INDEX ix_movies_{prefix}{OF_ORDER.get(order, order)}"


@pytest.mark.parametrize("order", ["id", *ORDERS])
@pytest.mark.parametrize("number", [1, 6], ids=["first", "last"])
def test_a_page_of_all_films_is_cut_from_the_index_of_its_order(
    plans: Plans, order: str, number: int
) -> None:
    _, page = plans(order, number)
    assert f"SCAN movies {index_of(order)}" in page


@pytest.mark.parametrize(("number", "direction"), [(1, "ASC"), (6, "DESC")])
def test_a_page_is_found_from_the_nearer_end(
    plans: Plans, statements: list[str], number: int, direction: str
) -> None:
    statements.clear()
    plans("id", number)
    assert f"ORDER BY movies.id {direction}" in statements[1]


@pytest.mark.parametrize(
    ("order", "wanted", "step"),
    [
        *(
            (order, {"genre_ids": (1,)}, f"{index_of(order, 'genre_')} (genre_id=?)")
            for order in ORDERS
        ),
        ("title", {"director_id": 1}, "USING INDEX ix_movies_director_id (director_id=?)"),
        (
            "title",
            {"title_part": "fi"},
            f"{index_of('title')} (folded_title>? AND folded_title<?)",
        ),
    ],
)
def test_what_few_films_have_is_looked_up_in_its_index(
    plans: Plans, order: str, wanted: dict[str, Any], step: str
) -> None:
    _, page = plans(order, **wanted)
    assert f"SEARCH movies {step}" in page


@pytest.mark.parametrize("order", ["id", *ORDERS])
@pytest.mark.parametrize("wanted", [{}, {"genre_ids": (1,)}])
def test_a_text_is_looked_up_once(plans: Plans, order: str, wanted: dict[str, Any]) -> None:
    _, page = plans(order, title_part="film", **wanted)
    lookups = [step for step in page if "movie_titles" in step]
    # An equals sign would mean one search for each film that another list gave.
    assert [("VIRTUAL TABLE" in step, "=" in step) for step in lookups] == [(True, False)]


@pytest.mark.parametrize("genre_ids", [(1,), (1, 2)])
def test_the_films_of_genres_are_not_counted(plans: Plans, genre_ids: tuple[int, ...]) -> None:
    count, _ = plans("id", genre_ids=genre_ids)
    assert [step for step in count if " movies " in step] == []


@pytest.mark.parametrize("wanted", RANGES[1:])
def test_films_in_ranges_are_counted_in_one_index(plans: Plans, wanted: dict[str, Any]) -> None:
    count, _ = plans("id", **wanted)
    found = [step for step in count if " movies " in step]
    assert [step.startswith("SEARCH movies USING COVERING INDEX") for step in found] == [True]


@pytest.mark.parametrize("wanted", RANGES)
@pytest.mark.parametrize("order", ["id", *ORDERS])
def test_where_many_fit_a_page_is_cut_from_the_index_of_its_order(
    plans: Plans, monkeypatch: pytest.MonkeyPatch, wanted: dict[str, Any], order: str
) -> None:
    monkeypatch.setattr("dao.lists.movies.MAX_SORTED", 0)
    _, page = plans(order, **wanted)
    walks = [step for step in page if step.startswith(("SCAN movies", "SEARCH movies"))]
    assert any(index_of(order) in step for step in walks)
    assert sum("TEMP B-TREE" in step for step in page) <= 1  # The sort of the page's own rows.


@pytest.mark.parametrize("wanted", [wanted for wanted in RANGES if "genre_ids" not in wanted])
@pytest.mark.parametrize(("order", "column"), [("newest", "year"), ("rating", "rating")])
def test_a_range_of_what_films_are_ordered_by_is_searched_in_the_index_of_the_order(
    plans: Plans, monkeypatch: pytest.MonkeyPatch, wanted: dict[str, Any], order: str, column: str
) -> None:
    monkeypatch.setattr("dao.lists.movies.MAX_SORTED", 0)
    _, page = plans(order, **wanted)
    is_searched = any(f"SEARCH movies {index_of(order)} ({column}" in step for step in page)
    assert is_searched == any(column in name for name in wanted), (
        "Add the filter to _YEARS or _RATINGS in dao/lists/movie_filters.py."
    )


FEW = [
    {"genre_ids": (1, 2)},
    {"year_from": 1990, "year_to": 2000},
    {"year": 1990, "rating_from": 7},
]


@pytest.mark.parametrize("wanted", FEW)
def test_where_few_fit_they_are_found_by_what_is_wanted(
    plans: Plans, wanted: dict[str, Any]
) -> None:
    _, page = plans("title", **wanted)
    assert not any(step.startswith("SCAN movies") for step in page)

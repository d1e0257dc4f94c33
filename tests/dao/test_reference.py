from __future__ import annotations

from collections.abc import Callable

import pytest
from sqlalchemy.orm import Session

from constants import MAX_ID
from dao.base import Window
from dao.models import Director, Genre
from dao.reference import ReferenceDAO
from tests.dao.rows import names
from tests.support.builders import a_director, a_genre, save

Row = Genre | Director
Builder = Callable[..., Row]

BOTH = pytest.mark.parametrize(
    ("model", "a_row"), [(Genre, a_genre), (Director, a_director)], ids=["genres", "directors"]
)


@BOTH
def test_gets_the_row_with_this_id(session: Session, model: type[Row], a_row: Builder) -> None:
    row = a_row(name="wanted")
    save(session, row, a_row(name="another"))
    found = ReferenceDAO(session, model).get(row.id)
    assert found is not None
    assert found.name == "wanted"


@BOTH
def test_gets_none_where_there_is_no_row(
    session: Session, model: type[Row], a_row: Builder
) -> None:
    save(session, a_row())
    assert ReferenceDAO(session, model).get(MAX_ID) is None


@BOTH
def test_finds_all_rows_by_ascending_id(session: Session, model: type[Row], a_row: Builder) -> None:
    save(session, a_row(id=30, name="a"), a_row(id=10, name="c"), a_row(id=20, name="b"))
    found = ReferenceDAO(session, model).find()
    assert (names(found), found.total) == (["c", "b", "a"], 3)


@BOTH
@pytest.mark.parametrize(
    ("window", "expected"),
    [
        (Window(0, 2), ["a", "b"]),
        (Window(2, 2), ["c"]),
        (Window(3, 2), []),
        (Window(2**63, 100), []),
    ],
)
def test_gives_a_window_of_the_rows_and_the_total(
    session: Session, model: type[Row], a_row: Builder, window: Window, expected: list[str]
) -> None:
    save(session, *(a_row(name=name) for name in "abc"))
    found = ReferenceDAO(session, model).find(window)
    assert (names(found), found.total) == (expected, 3)


@BOTH
@pytest.mark.parametrize(("window", "expected"), [(None, 2), (Window(0, 2), 2), (Window(3, 2), 1)])
def test_takes_as_few_statements_as_promised(
    session: Session,
    statements: list[str],
    model: type[Row],
    a_row: Builder,
    window: Window | None,
    expected: int,
) -> None:
    save(session, *(a_row(name=name) for name in "abc"))
    statements.clear()
    assert all(ReferenceDAO(session, model).find(window).rows)
    assert len(statements) == expected

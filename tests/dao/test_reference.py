from collections.abc import Callable

import pytest
from sqlalchemy.orm import Session

from dao.models import Director, Genre
from dao.reference import ReferenceDAO
from tests.dao.rows import names
from tests.support.builders import a_director, a_genre, save

Row = Genre | Director

both = pytest.mark.parametrize(
    ("model", "a_row"), [(Genre, a_genre), (Director, a_director)], ids=["genres", "directors"]
)


@both
@pytest.mark.parametrize(
    ("number", "expected"), [(None, "abcde"), (1, "ab"), (3, "e"), (4, ""), (2**63, "")]
)
def test_finds_rows_by_ascending_id(
    session: Session, model: type[Row], a_row: Callable[..., Row], number: int | None, expected: str
) -> None:
    ids = {"c": 30, "a": 10, "e": 50, "b": 20, "d": 40}
    save(session, *(a_row(id=row_id, name=name) for name, row_id in ids.items()))
    page = ReferenceDAO(session, model).find(number, 2)
    assert ("".join(names(page)), page.total) == (expected, 5)
    assert (page.number, page.size) == (number, 2)


@both
@pytest.mark.parametrize(
    ("part", "expected"),
    [
        ("гее", ["Сергеев", "Ан Сергеева"]),
        ("ан", ["Ан Сергеева", "Ань"]),
        ("нет такого", []),
        ("___", []),
    ],
)
def test_finds_names_that_hold_a_text_or_begin_with_a_short_one(
    session: Session, model: type[Row], a_row: Callable[..., Row], part: str, expected: list[str]
) -> None:
    for name in ("Сергеев", "Ан Сергеева", "Алёна Молданов", "Ань"):
        save(session, a_row(name=name))
    rows = ReferenceDAO(session, model)
    whole, second = rows.find(name_part=part), rows.find(2, 1, name_part=part)
    assert (names(whole), whole.total) == (expected, len(expected))
    assert (names(second), second.total) == (expected[1:2], len(expected))

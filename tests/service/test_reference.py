from __future__ import annotations

from typing import Any
from unittest.mock import Mock

import pytest

from dao.models import Genre
from dao.reference import ReferenceDAO
from service.errors import NotFound
from service.reference import ReferenceService
from tests.service.doubles import double_of
from tests.support.builders import a_genre, a_page


@pytest.fixture
def rows() -> Mock:
    return double_of(ReferenceDAO)


@pytest.fixture
def service(rows: Mock) -> ReferenceService[Genre]:
    return ReferenceService(rows, "genre")


def test_gets_a_genre(service: ReferenceService[Genre], rows: Mock) -> None:
    genre = a_genre()
    rows.get.return_value = genre
    assert service.get(5) is genre
    rows.get.assert_called_once_with(5)


@pytest.mark.parametrize("noun", ["genre", "director"])
def test_refuses_what_is_not_there_by_its_name(rows: Mock, noun: str) -> None:
    rows.get.return_value = None
    with pytest.raises(NotFound, match=rf"^There is no {noun} with this id\.$"):
        ReferenceService(rows, noun).get(5)


@pytest.mark.parametrize(
    ("asked", "wanted"),
    [({}, (None, 12, None)), ({"page": 3, "per_page": 5, "name_part": "драм"}, (3, 5, "драм"))],
)
def test_finds_all_or_a_page(
    service: ReferenceService[Genre],
    rows: Mock,
    asked: dict[str, Any],
    wanted: tuple[int | None, int, str | None],
) -> None:
    page = a_page("a", "b", total=2)
    rows.find.return_value = page
    assert service.find(**asked) is page
    rows.find.assert_called_once_with(*wanted)

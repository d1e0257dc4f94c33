from __future__ import annotations

from unittest.mock import Mock

import pytest

from dao.base import Window
from dao.models import Genre
from dao.reference import ReferenceDAO
from service.errors import NotFound
from service.reference import ReferenceService
from tests.service.doubles import double_of
from tests.support.builders import a_genre, a_page, found


@pytest.fixture
def rows() -> Mock:
    return double_of(ReferenceDAO)


@pytest.fixture
def service(rows: Mock) -> ReferenceService[Genre]:
    return ReferenceService(rows, "genre")


def test_gets_a_thing(service: ReferenceService[Genre], rows: Mock) -> None:
    genre = a_genre()
    rows.get.return_value = genre
    assert service.get(5) is genre
    rows.get.assert_called_once_with(5)


def test_refuses_an_unknown_thing_by_its_name(service: ReferenceService[Genre], rows: Mock) -> None:
    rows.get.return_value = None
    with pytest.raises(NotFound, match=r"There is no genre with this id."):
        service.get(5)


def test_finds_all(service: ReferenceService[Genre], rows: Mock) -> None:
    rows.find.return_value = found("a", "b", total=2)
    assert service.find() == a_page("a", "b", total=2, number=None, size=12)
    rows.find.assert_called_once_with(None)


def test_finds_a_page(service: ReferenceService[Genre], rows: Mock) -> None:
    rows.find.return_value = found("a", total=11)
    assert service.find(page=3, per_page=5) == a_page("a", total=11, number=3, size=5)
    rows.find.assert_called_once_with(Window(offset=10, limit=5))

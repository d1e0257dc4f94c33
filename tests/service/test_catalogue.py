from __future__ import annotations

from unittest.mock import Mock

import pytest

from dao.catalogue import CatalogueDAO
from service.catalogue import CatalogueService
from tests.service.doubles import double_of


@pytest.fixture
def rows() -> Mock:
    return double_of(CatalogueDAO)


@pytest.mark.parametrize("answer", [True, False])
def test_knows_whether_it_is_empty(rows: Mock, answer: bool) -> None:
    rows.is_empty.return_value = answer
    assert CatalogueService(rows).is_empty() is answer


def test_knows_its_revision(rows: Mock) -> None:
    rows.revision.return_value = 17
    assert CatalogueService(rows).revision() == 17

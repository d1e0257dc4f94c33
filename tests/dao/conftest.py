"""The fixtures `engine` and `session` are in tests/conftest.py."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from tests.dao.migrated import empty_database
from tests.support.databases import ENGINES, Databases

if TYPE_CHECKING:
    from dao.movie import MovieDAO


@pytest.fixture
def movies(session: Session) -> "MovieDAO":
    # A late import: it fails while a new field has no column, which test_movie_fields.py reports.
    from dao.movie import MovieDAO  # noqa: PLC0415

    return MovieDAO(session)


@pytest.fixture(params=ENGINES)
def empty(request: pytest.FixtureRequest, databases: Databases) -> Iterator[Engine]:
    """The engine of a new, empty database, in an application context."""
    with empty_database(databases.new(request.param)) as engine:
        yield engine

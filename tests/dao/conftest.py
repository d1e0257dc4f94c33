"""`engine` and `session`, on SQLite and on PostgreSQL, are in tests/conftest.py."""

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
    # Without the column of a field this cannot be imported, and test_movie_fields.py could not run.
    from dao.movie import MovieDAO  # noqa: PLC0415

    return MovieDAO(session)


@pytest.fixture(params=ENGINES)
def empty(request: pytest.FixtureRequest, databases: Databases) -> Iterator[Engine]:
    """The engine of a database of the test's own, whose application is the current one."""
    with empty_database(databases.new(request.param)) as engine:
        yield engine

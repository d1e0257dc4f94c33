from collections.abc import Iterator

import pytest
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from dao.movie import MovieDAO
from tests.dao.migrated import empty_database
from tests.support.databases import ENGINES, Databases


@pytest.fixture
def movies(session: Session) -> MovieDAO:
    return MovieDAO(session)


@pytest.fixture(params=ENGINES)
def empty(request: pytest.FixtureRequest, databases: Databases) -> Iterator[Engine]:
    """The engine of a database of the test's own, whose application is the current one."""
    with empty_database(databases.new(request.param)) as engine:
        yield engine

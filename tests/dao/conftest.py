import pytest
from sqlalchemy.orm import Session

from dao.movie import MovieDAO


@pytest.fixture
def movies(session: Session) -> MovieDAO:
    return MovieDAO(session)

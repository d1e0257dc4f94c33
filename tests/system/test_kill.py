"""`kill -9` of an instance under load: acknowledged writes are kept."""

import time
from contextlib import ExitStack
from functools import partial
from pathlib import Path

import pytest
from sqlalchemy import create_engine, func, select, text

from dao.models import Director, Favorite, Genre, ListState, Movie, User
from tests.support.databases import Databases
from tests.support.ports import free_port
from tests.support.processes import kill
from tests.system.conftest import starting
from tests.system.crowd import Crowd


@pytest.mark.parametrize(
    ("engine", "instances", "people", "kills"),
    [
        ("sqlite", 1, 8, 1),
        ("postgresql", 2, 8, 1),
        pytest.param("sqlite", 1, 32, 5, marks=pytest.mark.long),
        pytest.param("postgresql", 1, 32, 5, marks=pytest.mark.long),
        pytest.param("postgresql", 2, 32, 5, marks=pytest.mark.long),
    ],
)
def test_nothing_that_was_acknowledged_is_lost_and_nothing_wrong_is_shown(
    databases: Databases, tmp_path: Path, engine: str, instances: int, people: int, kills: int
) -> None:
    database_url = databases.prepared(engine)
    ports = [str(free_port()) for _ in range(instances)]
    with starting(tmp_path) as start, ExitStack() as stack:
        # Clients repeat interrupted requests once the instance is back.
        instance = partial(start, database_url, REFRESH_GRACE_SECONDS="120")
        servers = [instance(PORT=port) for port in ports]
        crowd = Crowd([server.url for server in servers], people, stack)
        for _ in range(kills):
            crowd.be_busy()
            kill(servers[0].process)
            if instances > 1:
                crowd.be_busy()
            servers[0] = instance(PORT=ports[0])
        back = time.monotonic()
        crowd.be_busy()
        crowd.go_home()
        assert {number for number, _ in crowd.failures()} == {0}
        assert max(began for _, began in crowd.failures()) < back
        assert crowd.refusals() == []
        crowd.assert_all_is_shown()
    assert_all_is_kept(database_url, crowd)


def assert_all_is_kept(database_url: str, crowd: Crowd) -> None:
    """The database is intact, and has all accounts and favorites and the right counts."""
    engine = create_engine(database_url)
    with engine.connect() as connection:
        emails = {email for person in crowd.people for email, _ in person.accounts}
        assert emails <= set(connection.scalars(select(User.email)))
        liked = crowd.liked()
        assert connection.scalar(select(func.count()).select_from(Favorite)) == liked.total()
        counts = select(Movie.id, Movie.favorites_count).where(Movie.favorites_count != 0)
        assert dict(connection.execute(counts).all()) == dict(liked)
        for model in (Genre, Director, Movie):
            total = select(ListState.total).where(ListState.name == model.__tablename__)
            assert connection.scalar(total) == connection.scalar(select(func.count(model.id)))
        if engine.dialect.name == "sqlite":
            assert connection.scalars(text("PRAGMA integrity_check")).all() == ["ok"]
            assert connection.execute(text("PRAGMA foreign_key_check")).all() == []
    engine.dispose()

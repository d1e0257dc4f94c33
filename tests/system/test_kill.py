"""`kill -9` of an instance while people use it: what was acknowledged is there afterwards."""

import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from functools import partial
from pathlib import Path
from typing import NamedTuple

import pytest
from sqlalchemy import create_engine, text

from tests.support.databases import Databases
from tests.support.ports import free_port
from tests.support.processes import kill
from tests.system.acknowledged import assert_all_is_kept, assert_all_is_shown
from tests.system.conftest import Start, starting
from tests.system.crowd import Crowd
from tests.system.people import Person


class Load(NamedTuple):
    """How many people use how many instances, and how often the first one is killed."""

    instances: int
    people: int
    kills: int


@contextmanager
def killed_under_load(
    start: Start, database_url: str, load: Load
) -> Iterator[tuple[list[Person], list[str]]]:
    """What people know, and the URLs of the instances that are back, after so many kills."""
    ports = [str(free_port()) for _ in range(load.instances)]
    # What was cut off is repeated when the instance is back.
    instance = partial(start, database_url, REFRESH_GRACE_SECONDS="120")
    servers = [instance(PORT=port) for port in ports]
    urls = [server.url for server in servers]
    with ExitStack() as stack:
        crowd = Crowd(urls, load.people, stack)
        for _ in range(load.kills):
            crowd.be_busy()
            kill(servers[0].process)
            if load.instances > 1:
                crowd.be_busy()
            servers[0] = instance(PORT=ports[0])
        back = time.monotonic()
        crowd.be_busy()
        crowd.go_home()
        failures = crowd.failures()
        assert {failure.instance for failure in failures} == {0}
        assert max(failure.began for failure in failures) < back
        assert crowd.refusals() == []
        yield crowd.people, urls


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
    database_url, load = databases.prepared(engine), Load(instances, people, kills)
    with starting(tmp_path) as start, killed_under_load(start, database_url, load) as (crowd, urls):
        for url in urls:
            assert_all_is_shown(url, crowd)
    database = create_engine(database_url)
    with database.connect() as connection:
        assert_all_is_kept(connection, crowd)
        if engine == "sqlite":
            assert connection.scalars(text("PRAGMA integrity_check")).all() == ["ok"]
            assert connection.execute(text("PRAGMA foreign_key_check")).all() == []
    database.dispose()

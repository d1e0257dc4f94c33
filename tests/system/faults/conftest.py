"""Servers and databases of our own, so that they can be hurt."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.databases import ENGINES
from tests.support.servers import prepare
from tests.system.faults.cluster import Cluster, cluster


@pytest.fixture(scope="session")
def postgresql() -> Iterator[Cluster]:
    with cluster() as started:
        yield started


@pytest.fixture(scope="module")
def sqlite_url(tmp_path_factory: pytest.TempPathFactory) -> str:
    """A SQLite file with the demo catalogue."""
    url = f"sqlite:///{tmp_path_factory.mktemp('sqlite') / 'kinoteka.db'}"
    prepare(url)
    return url


@pytest.fixture(scope="module")
def postgresql_url(postgresql: Cluster) -> str:
    """A database of PostgreSQL with the demo catalogue."""
    url = postgresql.new_database()
    prepare(url)
    return url


@pytest.fixture(scope="module", params=ENGINES)
def database_url(request: pytest.FixtureRequest) -> str:
    """A database with the demo catalogue: once SQLite, once PostgreSQL."""
    url: str = request.getfixturevalue(f"{request.param}_url")
    return url


@pytest.fixture(scope="module")
def log(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("servers") / "server.log"

"""Two instances, each a server of its own, on one PostgreSQL."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from sqlalchemy import Engine, create_engine

from tests.contract.client import Account, Api
from tests.security.conftest import DEFAULT_LIMITS
from tests.support.databases import Databases
from tests.support.servers import prepare, serve


@pytest.fixture(scope="package")
def database_url(databases: Databases) -> str:
    """A database with the demo catalogue."""
    url = databases.new("postgresql")
    prepare(url)
    return url


@pytest.fixture(scope="package")
def database(database_url: str) -> Iterator[Engine]:
    """The database by itself, to ask it what is true."""
    engine = create_engine(database_url, isolation_level="AUTOCOMMIT")
    yield engine
    engine.dispose()


@pytest.fixture(scope="package")
def logs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("instances")


@pytest.fixture(scope="package")
def instances(database_url: str, logs: Path) -> Iterator[tuple[Api, Api]]:
    """Two instances with the default limits, behind one proxy."""
    settings = {"TRUSTED_PROXIES": "1", **DEFAULT_LIMITS, "LIMIT_REGISTER_IP": ""}
    with ExitStack() as stack:
        servers = [
            stack.enter_context(serve(database_url, logs / f"{name}.log", workers=1, **settings))
            for name in ("one", "other")
        ]
        one, other = (stack.enter_context(Api(server.url)) for server in servers)
        yield one, other


@pytest.fixture(scope="package")
def one(instances: tuple[Api, Api]) -> Api:
    return instances[0]


@pytest.fixture(scope="package")
def other(instances: tuple[Api, Api]) -> Api:
    return instances[1]


@pytest.fixture
def account(one: Api) -> Account:
    """Somebody new, who has signed in at the one instance."""
    return one.new_account()

"""nginx with the configuration that we ship, in front of two instances on one PostgreSQL."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack

import pytest
from sqlalchemy import Engine, create_engine, text

from tests.contract.client import Api
from tests.support.databases import Databases
from tests.support.ports import free_port
from tests.support.servers import Server, prepare, serve
from tests.system.proxy.nginx import Nginx, nginx

LONG_TEXT = "A long story. " * 600


@pytest.fixture(scope="package")
def database(databases: Databases) -> Iterator[Engine]:
    """A database with films that have much to tell: all of them are more than sockets hold."""
    url = databases.new("postgresql")
    prepare(url)
    engine = create_engine(url)
    with engine.begin() as connection:
        connection.execute(
            text(
                "INSERT INTO movies (title, folded_title, description, trailer, year, genre_id,"
                " director_id, source, external_id) SELECT 'Long', 'long', :story, '', 2000, 1, 1,"
                " 'long', number FROM generate_series(1, 2000) AS number"
            ),
            {"story": LONG_TEXT},
        )
        grown = "UPDATE list_states SET total = total + 2000 WHERE name = 'movies'"
        connection.execute(text(grown))
    yield engine
    engine.dispose()


@pytest.fixture(scope="package")
def servers(database: Engine, tmp_path_factory: pytest.TempPathFactory) -> Iterator[list[Server]]:
    url, logs = database.url.render_as_string(hide_password=False), tmp_path_factory.mktemp("logs")
    with ExitStack() as stack:
        yield [
            stack.enter_context(serve(url, logs / f"{name}.log", workers=1, TRUSTED_PROXIES="1"))
            for name in ("one", "other")
        ]


@pytest.fixture(scope="package")
def proxy(servers: list[Server], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Nginx]:
    """nginx in front of two instances, and of a third that is not there."""
    urls = [*(server.url for server in servers), f"http://127.0.0.1:{free_port()}"]
    with nginx(urls, tmp_path_factory.mktemp("nginx")) as started:
        yield started


@pytest.fixture(scope="package")
def api(proxy: Nginx) -> Iterator[Api]:
    with Api(proxy.url) as client:
        yield client

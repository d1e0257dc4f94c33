"""Servers as processes, on databases with the demo catalogue.

A module overrides fixtures where it needs another database or server.
"""

import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, create_engine

from tests.contract.client import Account, Api
from tests.support.databases import Databases
from tests.support.projects import copy_project
from tests.support.servers import Server, serve

Start = Callable[..., Server]
ODD = """a?b 100% "Кино" 'é' #1 & $HOME"""


@pytest.fixture(scope="module")
def database_url(databases: Databases) -> str:
    """A SQLite database with the demo catalogue. It is the faster engine."""
    return databases.prepared("sqlite")


@pytest.fixture(scope="module")
def database(database_url: str) -> Iterator[Engine]:
    """An engine for direct access to the database."""
    engine = create_engine(database_url)
    yield engine
    engine.dispose()


@contextmanager
def starting(folder: Path) -> Iterator[Start]:
    """Yield a function that starts servers as `serve` does. They stop at the end of the context."""
    numbers = count()
    with ExitStack() as stack:

        def start(url: str, **options: Any) -> Server:
            server = serve(url, folder / f"server-{next(numbers)}.log", **options)
            return stack.enter_context(server)

        yield start


@pytest.fixture(scope="module")
def start(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Start]:
    """Starts servers that stop at the end of the module."""
    with starting(tmp_path_factory.mktemp("servers")) as started:
        yield started


@pytest.fixture(scope="module")
def server(start: Start, database_url: str) -> Server:
    return start(database_url)


@pytest.fixture(scope="module")
def api(server: Server) -> Iterator[Api]:
    with Api(server.url) as client:
        yield client


@pytest.fixture(scope="module")
def account(api: Api) -> Account:
    """A signed-in user."""
    return api.new_account()


@pytest.fixture(scope="module")
def folder() -> Iterator[Path]:
    """A folder for Node.js packages. pytest would keep too many copies in its own folders."""
    with tempfile.TemporaryDirectory(prefix="kinoteka-tools-") as name:
        yield Path(name)


@pytest.fixture(scope="session")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the project in a folder with an odd name."""
    folder = tmp_path_factory.mktemp("odd") / ODD
    copy_project(folder)
    return folder

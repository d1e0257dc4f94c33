"""The servers under test, one set for each engine."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.contract.client import Account, Api, Json
from tests.support.databases import ENGINES, POOLED, Databases
from tests.support.servers import Server, environment, serve

# These tests inspect what all other tests have left in the log and the database.
_LAST = ("test_secrets.py",)

# The tests of `tuned_api` rely on these values.
_TUNED = {
    "ACCESS_TOKEN_SECONDS": "50",
    "REFRESH_GRACE_SECONDS": "0",
    "SESSION_SECONDS": "60",
    "SECRET_KEY_FALLBACKS": "an older key that only the tests have",
    "CORS_ORIGINS": "https://films.example, https://other.example",
    "TRUSTED_PROXIES": "1",
    "LIMIT_LOGIN_PAIR": "3/300",
    "LIMIT_LOGIN_IP": "6/900",
    "LIMIT_LOGIN_ADDRESS": "6/86400",
    "LIMIT_REGISTER_IP": "4/60",
}


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "one_engine: decided without the catalogue's database.")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Run the tests that inspect a server's log last, for each engine."""
    items.sort(key=lambda item: (_place_of_engine(item), item.path.name in _LAST))


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if "engine" in metafunc.fixturenames:
        engines: list[Any] = [*ENGINES, pytest.param(POOLED, marks=pytest.mark.long)]
        if metafunc.definition.get_closest_marker("one_engine"):
            del engines[1:]
        metafunc.parametrize("engine", engines, indirect=True, scope="session")


@pytest.fixture(scope="session")
def engine(request: pytest.FixtureRequest) -> str:
    """The database engine of the server, or the pooler in front of it."""
    name: str = request.param
    return name


@pytest.fixture(scope="session")
def database_url(engine: str, databases: Databases) -> str:
    return databases.prepared(engine)


@pytest.fixture(scope="session")
def server(database_url: str, engine: str, logs: Path) -> Iterator[Server]:
    """A server with default settings, except that rate limits are off."""
    # Several workers show that no state of the API lives in a single process.
    with serve(database_url, logs / f"{engine}.log", workers=3) as started:
        yield started


@pytest.fixture(scope="session")
def api(server: Server) -> Iterator[Api]:
    with Api(server.url) as client:
        yield client


@pytest.fixture(scope="session")
def tuned_server(database_url: str, engine: str, logs: Path) -> Iterator[Server]:
    """A second server on the same database, with the settings of `_TUNED`."""
    with serve(database_url, logs / f"{engine}-tuned.log", workers=1, **_TUNED) as started:
        yield started


@pytest.fixture(scope="session")
def tuned_api(tuned_server: Server) -> Iterator[Api]:
    with Api(tuned_server.url) as client:
        yield client


@pytest.fixture(scope="session")
def secret_key() -> str:
    """The key with which the servers sign tokens."""
    return environment(database_url="")["SECRET_KEY"]


@pytest.fixture(scope="session")
def fallback_key() -> str:
    """An old signing key that the server of `tuned_api` still accepts."""
    return _TUNED["SECRET_KEY_FALLBACKS"]


@pytest.fixture(scope="session")
def logs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("servers")


@pytest.fixture(scope="session")
def films(api: Api) -> list[Json]:
    """The first page of films."""
    return api.listed("/movies/", page=1)


@pytest.fixture(scope="session")
def film(films: list[Json]) -> Json:
    return films[0]


@pytest.fixture
def account(api: Api) -> Account:
    """A new account for this test alone."""
    return api.new_account()


@pytest.fixture(scope="session")
def reader(api: Api) -> Account:
    """A shared account, for requests that change nothing or are refused."""
    return api.new_account()


def _place_of_engine(item: pytest.Item) -> int:
    # Returning to an earlier engine would start its server again, with a new log.
    engine = item.callspec.params.get("engine") if hasattr(item, "callspec") else None
    return (*ENGINES, POOLED).index(engine) if engine else 0

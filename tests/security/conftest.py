"""Servers in processes of their own, with limits on guessing."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager

import pytest

from config import Config
from tests.contract.client import Account, Api
from tests.contract.notebook import notebook
from tests.security.client import Visitor
from tests.support.databases import ENGINES, Databases
from tests.support.databases import databases as new_databases
from tests.support.servers import LIMITS, Server, prepare, serve

# As they are where nobody sets them.
DEFAULT_LIMITS = {name: "{}/{}".format(*getattr(Config, name)) for name in LIMITS}

# Fallbacks are separated by commas, so there is none in them.
OLD_KEY = "the older key that only the tests have"
NEW_KEY = "the newer key that only the tests have"

Start = Callable[..., AbstractContextManager[Server]]


@pytest.fixture(autouse=True)
def _no_answer_has_a_common_fault() -> Iterator[None]:
    """Hold every answer to what the contract says of all answers."""
    before = {kind: list(faults) for kind, faults in notebook.remarks.items()}
    yield
    assert dict(notebook.remarks) == before


@pytest.fixture(scope="session")
def databases() -> Iterator[Databases]:
    """Databases of our own: three processes use up most of the connections that there are."""
    with new_databases() as made:
        yield made


@pytest.fixture(scope="session", params=ENGINES)
def database_url(request: pytest.FixtureRequest, databases: Databases) -> str:
    """A database with the demo catalogue: once SQLite, once PostgreSQL."""
    url = databases.new(request.param)
    prepare(url)
    return url


@pytest.fixture(scope="session")
def start(database_url: str, tmp_path_factory: pytest.TempPathFactory) -> Start:
    """Start a server on the database; its settings are arguments."""
    folder = tmp_path_factory.mktemp("servers")

    @contextmanager
    def started(workers: int = 1, **settings: str) -> Iterator[Server]:
        log = folder / f"{len(list(folder.iterdir()))}.log"
        settings = {"SECRET_KEY": OLD_KEY, **settings}
        with serve(database_url, log, workers=workers, **settings) as server:
            # One that is told to end before all of its processes have begun never ends.
            while log.read_text().count("Started worker-") < workers:
                assert server.process.poll() is None
                time.sleep(0.05)
            yield server

    return started


@pytest.fixture(scope="session")
def server(start: Start) -> Iterator[Server]:
    """Three processes with the default limits, behind one proxy."""
    with start(workers=3, TRUSTED_PROXIES="1", **DEFAULT_LIMITS) as started:
        yield started


@pytest.fixture(scope="session")
def api(server: Server) -> Iterator[Api]:
    with Api(server.url) as client:
        yield client


@pytest.fixture(scope="session")
def renewed(start: Start) -> Iterator[Api]:
    """One process that began after the others: no proxy, and the key is new, yet knows the old."""
    settings = {"SECRET_KEY": NEW_KEY, "SECRET_KEY_FALLBACKS": OLD_KEY, **DEFAULT_LIMITS}
    with start(**settings) as started, Api(started.url) as client:
        yield client


@pytest.fixture(scope="session")
def impatient(start: Start) -> Iterator[Api]:
    """One process behind a proxy whose limits are soon over, and that knows the new key only."""
    # What a place or an address may is more, so that a pair reaches its own limit.
    limits = {**dict.fromkeys(LIMITS, "3/3"), "LIMIT_LOGIN_PAIR": "2/3"}
    with (
        start(SECRET_KEY=NEW_KEY, TRUSTED_PROXIES="1", **limits) as started,
        Api(started.url) as client,
    ):
        yield client


@pytest.fixture
def home(api: Api) -> Visitor:
    """Where somebody is signed in."""
    return Visitor(api)


@pytest.fixture
def account(home: Visitor) -> Account:
    """Somebody new, who is signed in at `home`."""
    return home.new_account()


@pytest.fixture
def guesser(api: Api) -> Visitor:
    """Somebody elsewhere, who has not tried anything yet."""
    return Visitor(api)

"""The server under test: ours on each database, or the one at `--base-url`."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from tests.contract import patience
from tests.contract.addresses import ManyAddresses
from tests.contract.client import Account, Api, Json
from tests.contract.notebook import LIMITED, CannotCheckError
from tests.contract.routes import part_id
from tests.support.databases import ENGINES, Databases
from tests.support.servers import Server, environment, prepare, serve

# Checks of what has been seen while all others ran.
_LAST = ("test_every_answer.py", "test_secrets.py")


# What the checks of `tuned_api` rely on.
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
    config.addinivalue_line("markers", "brief: a promise of the course's brief, not only of ours.")
    config.addinivalue_line("markers", "one_engine: decided without the catalogue's database.")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Let the checks come last that judge what all others have seen."""
    items.sort(key=lambda item: item.path.name in _LAST)


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if "engine" in metafunc.fixturenames:
        engines = ["foreign"] if metafunc.config.getoption("base_url") else list(ENGINES)
        if metafunc.definition.get_closest_marker("one_engine"):
            del engines[1:]
        metafunc.parametrize("engine", engines, indirect=True, scope="session")


@pytest.fixture(scope="session")
def engine(request: pytest.FixtureRequest) -> str:
    """The kind of database under our server, or "foreign" for a server that is not ours."""
    name: str = request.param
    return name


@pytest.fixture(scope="session")
def own_server(engine: str) -> None:
    """Skip what needs the settings, key or log of a server that the tests start themselves."""
    if engine == "foreign":
        pytest.skip("This needs the settings or the key of a server that the tests start.")


@pytest.fixture(scope="session")
def database_url(own_server: None, engine: str, databases: Databases) -> str:
    """A database with the demo catalogue."""
    url = databases.new(engine)
    prepare(url)
    return url


@pytest.fixture(scope="session")
def server(database_url: str, engine: str, logs: Path) -> Iterator[Server]:
    """Our server with its default settings, except that nothing limits rates."""
    # Several processes: nothing that the API remembers may live in one of them.
    with serve(database_url, logs / f"{engine}.log", workers=3) as started:
        yield started


@pytest.fixture(scope="session")
def api(request: pytest.FixtureRequest, engine: str) -> Iterator[Api]:
    """The API of `server`, or of the server that is not ours."""
    if engine != "foreign":
        with Api(request.getfixturevalue("server").url) as client:
            yield client
        return
    url = request.config.getoption("base_url")
    with Api(url, timeout_seconds=patience.SECONDS, transport=ManyAddresses()) as client:
        client.event_hooks["response"].append(_skip_when_limited)
        with contextlib.suppress(httpx.HTTPError):  # The checks will meet it too, and say so.
            client.forms.learn(client, _ids(client))
        yield client


@pytest.fixture(scope="session")
def tuned_server(database_url: str, engine: str, logs: Path) -> Iterator[Server]:
    """A second server of ours on the same database, with the settings of `_TUNED`."""
    with serve(database_url, logs / f"{engine}-tuned.log", workers=1, **_TUNED) as started:
        yield started


@pytest.fixture(scope="session")
def tuned_api(tuned_server: Server) -> Iterator[Api]:
    with Api(tuned_server.url) as client:
        yield client


@pytest.fixture(scope="session")
def secret_key(own_server: None) -> str:
    """The key that our servers sign tokens with."""
    return environment(database_url="")["SECRET_KEY"]


@pytest.fixture(scope="session")
def fallback_key(own_server: None) -> str:
    """A key that the server of `tuned_api` still accepts."""
    return _TUNED["SECRET_KEY_FALLBACKS"]


@pytest.fixture(scope="session")
def logs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("servers")


@pytest.fixture(scope="session")
def films(api: Api) -> list[Json]:
    """A few films that exist."""
    found = api.listed("/movies/", page=1)
    if len(found) < 3 or not all("id" in film for film in found):
        raise CannotCheckError("the catalogue has fewer than three films with an `id`")
    return found


@pytest.fixture(scope="session")
def film(films: list[Json]) -> Json:
    return films[0]


@pytest.fixture(scope="session")
def genre_id(api: Api) -> int:
    """The id of a genre that exists."""
    for genre in api.listed("/genres/"):
        found: int = genre["id"]
        return found
    raise CannotCheckError("there are no genres")


@pytest.fixture
def account(api: Api) -> Account:
    """Somebody new, whom no other test knows."""
    return api.new_account()


@pytest.fixture(scope="session")
def registered(api: Api) -> Account:
    """Somebody who has never signed in."""
    return api.new_registration()


@pytest.fixture(scope="session")
def reader(api: Api) -> Account:
    """Somebody for requests that change nothing, or are refused."""
    return api.new_account()


def _ids(api: Api) -> dict[str, int]:
    """Return ids to try paths with; where there are no films the numbers do not matter."""
    try:
        film = api.listed("/movies/", page=1)[0]
        return {
            "film": film["id"],
            "genre": part_id(film, "genre"),
            "director": part_id(film, "director"),
        }
    except (CannotCheckError, LookupError):
        return dict.fromkeys(("film", "genre", "director"), 1)


def _skip_when_limited(response: httpx.Response) -> None:
    if response.status_code == httpx.codes.TOO_MANY_REQUESTS:
        pytest.skip(LIMITED)

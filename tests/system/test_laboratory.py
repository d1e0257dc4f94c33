"""`./dev lab` with several clients."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Event

import httpx
import pytest
from httpx import codes

from constants import DEMO_EMAIL, DEMO_PASSWORD
from service.demo import PEOPLE
from tests.contract.client import Api
from tests.support.projects import is_served, started
from tests.support.servers import Server
from tests.support.waiting import wait_for

RESETS = 10
# Statuses that a request may get while the world is replaced.
EXPECTED = {
    *(codes.OK, codes.CREATED, codes.UNAUTHORIZED, codes.CONFLICT),
    *(codes.TOO_MANY_REQUESTS, codes.SERVICE_UNAVAILABLE),
}


@pytest.fixture(scope="module")
def lab(project: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """The laboratory. It ignores DATABASE_URL."""
    folder, nowhere = tmp_path_factory.mktemp("lab"), "postgresql://me@127.0.0.1:1/films"
    with started(project, folder, "lab", DATABASE_URL=nowhere) as server:
        wait_for(lambda: is_served(server), 60)
        yield server


@pytest.fixture
def api(lab: Server) -> Iterator[Api]:
    with Api(lab.url) as client:
        assert client.post("/lab/reset/").status_code == codes.NO_CONTENT
        yield client


def test_prints_the_demo_account(lab: Server, api: Api) -> None:
    assert f"Sign in as {DEMO_EMAIL} with the password: {DEMO_PASSWORD}\n" in lab.log.read_text()
    assert api.log_in(DEMO_EMAIL, DEMO_PASSWORD).is_success


def test_delayed_requests_block_no_others(api: Api) -> None:
    """The number of delayed requests far exceeds the server's usual threads."""
    with ThreadPoolExecutor(100) as pool, httpx.Client(limits=httpx.Limits()) as client:
        url, headers = f"{api.base_url}/movies/1/", {"Prefer": "wait-ms=30000"}
        waiting = [pool.submit(client.get, url, headers=headers, timeout=60) for _ in range(100)]
        wait_for(lambda: sum(one.done() for one in waiting) == 36)  # These find no room to wait.
        assert api.get("/movies/1/").is_success
        assert api.post("/lab/reset/").status_code == codes.NO_CONTENT
        statuses = [one.result(timeout=20).status_code for one in waiting]
    assert statuses.count(codes.OK) == 36
    assert statuses.count(codes.SERVICE_UNAVAILABLE) == 64


def test_a_reset_amid_requests_leaves_nothing_of_them(api: Api) -> None:
    popular = api.listed("/movies/", sort="popular", page=1)
    statuses: set[int] = set()
    done = Event()

    def live(number: int) -> None:
        """Register, log in, add a favorite and read, in a loop."""
        account = f"new{number}@example.com", "the words of a new sentence"
        with Api(str(api.base_url)) as own:
            while not done.is_set():
                statuses.add(own.register(*account).status_code)
                signed_in = own.log_in(*account)
                statuses.add(signed_in.status_code)
                if signed_in.is_success:
                    headers = {"Authorization": f"Bearer {signed_in.json()['access_token']}"}
                    statuses.add(own.post("/favorites/movies/7/", headers=headers).status_code)
                statuses.add(own.get("/movies/?sort=popular").status_code)

    with ThreadPoolExecutor(6) as pool:
        living = [pool.submit(live, number) for number in range(6)]
        for _ in range(RESETS):
            assert api.post("/lab/reset/").status_code == codes.NO_CONTENT
        done.set()
        for one in living:
            one.result(timeout=60)

    assert statuses <= EXPECTED
    assert {codes.OK, codes.CREATED} <= statuses
    api.post("/lab/reset/")
    assert api.listed("/movies/", sort="popular", page=1) == popular
    registered = api.register("new@example.com", "the words of a new sentence")
    assert registered.json()["id"] == len(PEOPLE) + 2


def test_there_is_one_laboratory_at_a_time(lab: Server, project: Path, tmp_path: Path) -> None:
    with started(project, tmp_path, "lab") as other:
        assert other.process.wait(60) == 1
    assert other.log.read_text() == "Error: Another ./dev lab is running on this database.\n"
    assert is_served(lab)

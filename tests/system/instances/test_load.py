"""Many people at once, while one of two instances is killed and comes back."""

from __future__ import annotations

import os
import signal
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, closing
from functools import partial
from pathlib import Path
from threading import Event

import pytest
from sqlalchemy import create_engine, text

from tests.contract.client import Api
from tests.support.databases import Databases
from tests.support.ports import free_port
from tests.support.servers import Server, prepare, serve
from tests.system.instances.load import Person, Proxy, expect

PEOPLE = 32
# A minute and more where somebody wants to know for sure.
LOAD_SECONDS = float(os.environ.get("LOAD_SECONDS", "12"))


@pytest.fixture(scope="module")
def database_url(databases: Databases) -> str:
    """A database of our own, where nobody else's favorites count."""
    url = databases.new("postgresql")
    prepare(url)
    return url


def kept_counts(database_url: str) -> dict[int, int]:
    engine = create_engine(database_url)
    query = "SELECT id, favorites_count FROM movies WHERE favorites_count <> 0"
    with engine.connect() as connection:
        counts = {row.id: row.favorites_count for row in connection.execute(text(query))}
    engine.dispose()
    return counts


def kill(server: Server) -> None:
    """End an instance with all its processes, without a chance to finish anything."""
    os.killpg(server.process.pid, signal.SIGKILL)
    server.process.wait()


def test_an_instance_is_killed_under_load_and_nobody_is_told_anything_wrong(
    database_url: str, logs: Path
) -> None:
    ports = [str(free_port()), str(free_port())]
    urls = [f"http://127.0.0.1:{port}" for port in ports]
    with ExitStack() as stack:

        def start(number: int, log: str) -> Server:
            server = serve(database_url, logs / log, workers=1, PORT=ports[number])
            return stack.enter_context(server)

        victim = start(0, "victim.log")
        start(1, "survivor.log")
        with Api(urls[1]) as api:
            pages = [api.get("/movies/", params={"page": page}).content for page in range(1, 8)]
        pool = stack.enter_context(ThreadPoolExecutor(PEOPLE))
        proxies = [stack.enter_context(closing(Proxy(urls))) for _ in range(PEOPLE)]
        people = list(pool.map(partial(Person, pages), proxies, range(PEOPLE)))
        done = Event()
        stack.callback(done.set)
        usage = [pool.submit(person.use, done) for person in people]
        time.sleep(LOAD_SECONDS / 2)
        killed = time.monotonic()
        kill(victim)
        time.sleep(LOAD_SECONDS / 6)  # The other one is alone for a while.
        start(0, "restarted.log")
        back = time.monotonic()
        time.sleep(LOAD_SECONDS / 3)
        done.set()
        for used in usage:
            used.result()  # Raises what somebody was shown that is not so.

        failures = [failure for person in people for failure in person.proxy.failures]
        answers = sum(person.proxy.answers for person in people)
        errors = dict(Counter(failure.error for failure in failures))
        # For whoever asks for it with `-s`, or has to find out why this fails.
        print(f"{answers} answers; {errors}; away {back - killed:.1f} s")  # noqa: T201
        assert {failure.instance for failure in failures} == {0}
        assert max(failure.began for failure in failures) < back
        for url in urls:
            assert_all_is_there(url, people)
    liked = Counter(film for person in people for film in person.favorites)
    assert kept_counts(database_url) == dict(liked)


def assert_all_is_there(url: str, people: list[Person]) -> None:
    """One instance shows everybody what was acknowledged to them, wherever that was."""
    with Api(url) as api:
        for person in people:
            films = expect(api.get("/favorites/movies/", headers=person.headers())).json()
            assert [film["id"] for film in films] == person.favorites
            shown = expect(api.get("/user/", headers=person.headers())).json()
            assert shown["name"] == person.name
            expect(api.log_in(*person.accounts[-1]))
        films = api.get("/movies/", params={"sort": "popular"}).json()
    liked = Counter(film for person in people for film in person.favorites)
    expected = sorted((film["id"] for film in films), key=lambda film: (-liked[film], film))
    assert [film["id"] for film in films] == expected

"""Imports in processes of their own, beside a running server and killed at any moment."""

import re
import time
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from functools import partial
from itertools import product
from pathlib import Path
from threading import Event
from typing import NamedTuple

import httpx
import pytest
from sqlalchemy import Engine, create_engine, text

from tests.contract.client import Api
from tests.support.databases import Databases
from tests.support.imdb_files import many
from tests.support.servers import run_flask, serve
from tests.support.waiting import wait_for
from tests.system.conftest import starting

DEMO_MOVIES = 80
IMPORTED = 1_500
SECONDS = 120  # For an import, on a machine that is busy.


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.long)])
def url(request: pytest.FixtureRequest, databases: Databases) -> str:
    """A database with the demo catalogue."""
    return databases.prepared(request.param)


@pytest.fixture
def database(url: str) -> Iterator[Engine]:
    engine = create_engine(url)
    yield engine
    engine.dispose()


def load(url: str, path: Path, *options: str) -> str:
    """Import a folder; return the last line of what the command says, whatever comes of it."""
    done = run_flask(url, "load-catalogue", path, *options, check=False, seconds=SECONDS)
    return (done.stdout or done.stderr).splitlines()[-1]


def number(database: Engine, query: str) -> int:
    with database.connect() as connection:
        return int(connection.scalar(text(query)) or 0)


class Seen(NamedTuple):
    """A response, and when the request began."""

    path: str
    began: float
    tag: str
    body: bytes
    total: str
    editions: frozenset[bytes]


class Reader:
    """Somebody who asks for lists at one URL again and again, and notes what comes."""

    FILMS = ("/movies/?page=8", "/movies/?sort=title&page=5", "/movies/?q=edition&page=1")

    def __init__(self, url: str) -> None:
        self.seen: list[Seen] = []
        self._url = url

    def read(self, done: Event) -> None:
        while not done.is_set():
            for path in (*self.FILMS, "/genres/"):
                began = time.monotonic()
                # A connection of its own each time, so that all workers are met.
                response = httpx.get(f"{self._url}{path}", timeout=30).raise_for_status()
                editions = frozenset(re.findall(rb"edition \d", response.content))
                tag, total = response.headers["ETag"], response.headers["X-Total-Count"]
                self.seen.append(Seen(path, began, tag, response.content, total, editions))

    def films_since(self, moment: float) -> list[Seen]:
        return [each for each in self.seen if each.path in self.FILMS and each.began > moment]


def test_an_import_is_seen_everywhere_within_a_second_and_never_in_part(
    url: str, tmp_path: Path
) -> None:
    """Two instances, one of them with two workers, while films come and then get other titles."""
    done = Event()
    with starting(tmp_path) as start, ThreadPoolExecutor(2) as pool:
        readers = [Reader(start(url, workers=workers).url) for workers in (1, 2)]
        reading = [pool.submit(reader.read, done) for reader in readers]
        try:
            for edition in (1, 2):
                path = many(tmp_path / "imdb", IMPORTED, title=f"edition {edition}, film")
                assert f"{IMPORTED} films" in load(url, path, "--force")
                late = time.monotonic() + 1
                wait_for(partial(have_read, readers, reading, late), SECONDS)
                shown = {each.editions for reader in readers for each in reader.films_since(late)}
                assert shown == {frozenset([b"edition %d" % edition])}
        finally:
            done.set()
        for future in reading:
            future.result(timeout=SECONDS)

    seen = [each for reader in readers for each in reader.seen]
    bodies = {(each.path, each.tag, each.total, each.body) for each in seen}
    assert len(bodies) == len({(path, tag) for path, tag, _, _ in bodies})
    assert max(len(each.editions) for each in seen) == 1
    totals = {each.total for each in seen if each.path == Reader.FILMS[0]}
    assert totals == {str(DEMO_MOVIES), str(DEMO_MOVIES + IMPORTED)}


def have_read(readers: list[Reader], reading: list[Future[None]], moment: float) -> bool:
    """Return whether all have been shown each list twice since then, or one has failed."""
    rounds = [len(reader.films_since(moment)) // len(Reader.FILMS) for reader in readers]
    return min(rounds) >= 2 or any(future.done() for future in reading)


@pytest.mark.long
def test_others_write_while_an_import_is_running(
    url: str, database: Engine, tmp_path: Path
) -> None:
    load(url, many(tmp_path / "imdb", IMPORTED))
    path = many(tmp_path / "newer", 8_000, rating="9.0")
    done = Event()

    def write(server_url: str, movie_ids: list[int]) -> set[int]:
        statuses = set()
        with Api(server_url) as api:
            account = api.new_account()
            while not done.is_set():
                for movie_id, change in product(movie_ids, (api.like, api.unlike, api.like)):
                    statuses.add(change(account, {"id": movie_id}).status_code)
        return statuses

    with serve(url, tmp_path / "log", workers=2) as server, ThreadPoolExecutor(4) as pool:
        last = number(database, "SELECT max(id) FROM movies")
        ids = list(range(last - 9, last + 1))
        writing = [pool.submit(write, server.url, ids[::order]) for order in (1, -1, 1, -1)]
        try:
            line = load(url, path)
        finally:
            done.set()
        statuses = [writer.result(timeout=SECONDS) for writer in writing]

    assert "8000 films, 6500 new, 1500 updated, 0 unchanged" in line
    assert statuses == [{200, 204}] * 4
    wrong = (
        "SELECT count(*) FROM movies WHERE favorites_count <> "
        "(SELECT count(*) FROM favorites WHERE favorites.movie_id = movies.id)"
    )
    assert number(database, wrong) == 0
    assert number(database, "SELECT sum(favorites_count) FROM movies") > 0

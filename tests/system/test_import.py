"""Imports as processes, while servers are running."""

import re
import time
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from itertools import product
from pathlib import Path
from threading import Event
from typing import NamedTuple

import httpx
import pytest
from sqlalchemy import create_engine, text

from tests.contract.client import Api
from tests.support.databases import Databases
from tests.support.imdb_files import many
from tests.support.servers import run_flask, serve
from tests.support.waiting import wait_for
from tests.system.conftest import starting

DEMO_MOVIES = 80
IMPORTED = 500
SECONDS = 120  # For an import on a busy machine.
LISTS = ("/movies/?page=8", "/movies/?sort=title&page=5")


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.long)])
def url(request: pytest.FixtureRequest, databases: Databases) -> str:
    """A database with the demo catalogue."""
    return databases.prepared(request.param)


def load(url: str, path: Path, *options: str) -> str:
    """Import a folder, and return the last line of output. The import may fail."""
    done = run_flask(url, "load-catalogue", path, *options, check=False, seconds=SECONDS)
    return (done.stdout or done.stderr).splitlines()[-1]


class Seen(NamedTuple):
    """The contents of a list, and the time of the request."""

    began: float
    total: str
    editions: frozenset[bytes]


def read(url: str, seen: list[Seen], done: Event) -> None:
    """Request lists in a loop, and record them."""
    while not done.wait(0.02):  # Leave the import some CPU time.
        for path in LISTS:
            began = time.monotonic()
            # A new connection each time, so that every worker is used.
            response = httpx.get(f"{url}{path}", timeout=30).raise_for_status()
            editions = frozenset(re.findall(rb"edition \d", response.content))
            seen.append(Seen(began, response.headers["X-Total-Count"], editions))


def test_an_import_is_seen_everywhere_within_a_second_and_never_in_part(
    url: str, tmp_path: Path
) -> None:
    """There are two instances, one with two workers. Films are added and then renamed."""
    done = Event()
    seen_by: tuple[list[Seen], list[Seen]] = ([], [])

    def seen_since(moment: float) -> list[list[Seen]]:
        return [[each for each in seen if each.began > moment] for seen in seen_by]

    def is_enough_since(moment: float) -> bool:
        enough = min(map(len, seen_since(moment))) >= 2 * len(LISTS)
        return enough or any(future.done() for future in reading)

    with starting(tmp_path) as start, ThreadPoolExecutor(2) as pool:
        urls = [start(url, workers=workers).url for workers in (1, 2)]
        reading = [pool.submit(read, *each, done) for each in zip(urls, seen_by, strict=True)]
        try:
            for edition in (1, 2):
                path = many(tmp_path / "imdb", IMPORTED, title=f"edition {edition}, film")
                assert f"{IMPORTED} films" in load(url, path, "--force")
                late = time.monotonic() + 1
                wait_for(partial(is_enough_since, late), SECONDS)
                editions = {each.editions for seen in seen_since(late) for each in seen}
                assert editions == {frozenset([b"edition %d" % edition])}
        finally:
            done.set()
        for future in reading:
            future.result(timeout=SECONDS)

    everything = [each for seen in seen_by for each in seen]
    assert max(len(each.editions) for each in everything) == 1
    assert {each.total for each in everything} == {str(DEMO_MOVIES), str(DEMO_MOVIES + IMPORTED)}


@pytest.mark.long
def test_others_write_while_an_import_is_running(url: str, tmp_path: Path) -> None:
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
        last = DEMO_MOVIES + IMPORTED
        ids = list(range(last - 9, last + 1))
        writing = [pool.submit(write, server.url, ids[::order]) for order in (1, -1, 1, -1)]
        try:
            line = load(url, path)
        finally:
            done.set()
        statuses = [writer.result(timeout=SECONDS) for writer in writing]

    assert "8000 films, 7500 new, 500 updated, 0 unchanged" in line
    assert statuses == [{200, 204}] * 4
    counts = text(
        "SELECT favorites_count, "
        "(SELECT count(*) FROM favorites WHERE favorites.movie_id = movies.id) FROM movies"
    )
    engine = create_engine(url)
    with engine.connect() as connection:
        kept = connection.execute(counts).all()
    engine.dispose()
    assert [count for count, _ in kept] == [counted for _, counted in kept]
    assert sum(count for count, _ in kept) > 0

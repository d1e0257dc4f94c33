"""Imports in processes of their own, beside a running server and killed at any moment."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from collections import defaultdict
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from threading import Event, Lock

import httpx
import pytest
from sqlalchemy import Engine, create_engine, text

from tests.contract.client import Api
from tests.support.databases import ENGINES, Databases
from tests.support.imdb_files import many
from tests.support.servers import ROOT, environment, prepare, serve
from tests.support.waiting import wait_for

DEMO_FILMS = 80
FILMS = 40_000  # So many that an import is killed before it is done.
PATIENCE = 120  # Seconds, on a machine that is busy.


@pytest.fixture(params=ENGINES)
def url(request: pytest.FixtureRequest, databases: Databases) -> str:
    """A database with the demo catalogue."""
    made = databases.new(request.param)
    prepare(made)
    return made


@pytest.fixture
def database(url: str) -> Iterator[Engine]:
    engine = create_engine(url)
    yield engine
    engine.dispose()


@contextmanager
def importing(url: str, path: Path) -> Iterator[subprocess.Popen[str]]:
    """Run the command; it is stopped at the latest when the context ends."""
    command = [sys.executable, "-m", "flask", "--app", "app", "load-catalogue", str(path)]
    with subprocess.Popen(
        command,
        cwd=ROOT,
        env=environment(url),
        text=True,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as process:
        try:
            yield process
        finally:
            process.kill()


def run(url: str, path: Path) -> tuple[int, str]:
    """Run the command to its end; return its exit code and what it says at last."""
    with importing(url, path) as process:
        output, errors = process.communicate(timeout=PATIENCE)
        return process.returncode, (output or errors).splitlines()[-1]


def run_when_free(url: str, path: Path) -> tuple[int, str]:
    """Run it; PostgreSQL needs a moment to notice that the one who had the lock is gone."""
    deadline = time.monotonic() + PATIENCE
    while "Another import" in (result := run(url, path))[1]:
        assert time.monotonic() < deadline
    return result


def number(database: Engine, query: str) -> int:
    with database.connect() as connection:
        return int(connection.scalar(text(query)) or 0)


def films(database: Engine) -> int:
    return number(database, "SELECT count(*) FROM movies")


def test_an_import_that_is_killed_leaves_the_old_catalogue_and_can_be_repeated(
    url: str, database: Engine, tmp_path: Path
) -> None:
    path = many(tmp_path / "imdb", FILMS)
    with importing(url, path) as process:
        wait_for(lambda: films(database) > DEMO_FILMS, PATIENCE)
        process.send_signal(signal.SIGKILL)
    assert process.returncode == -signal.SIGKILL
    assert films(database) > DEMO_FILMS
    with serve(url, tmp_path / "log") as server, httpx.Client(base_url=server.url) as client:
        whole, page = client.get("/movies/"), client.get("/movies/?page=7&sort=title")
        assert [len(whole.json()), len(page.json())] == [DEMO_FILMS, 8]
        assert {answer.headers["X-Total-Count"] for answer in (whole, page)} == {str(DEMO_FILMS)}
        last = number(database, "SELECT max(id) FROM movies")
        assert client.get(f"/movies/{last}/").status_code == 404
        assert client.get("/movies/?q=film").json() == []
        assert len(client.get("/genres/").json()) == number(
            database, "SELECT total FROM list_states WHERE name = 'genres'"
        )

    code, line = run_when_free(url, path)
    assert code == 0
    assert f"{FILMS} films, {FILMS} new, 0 updated, 0 unchanged" in line
    assert films(database) == DEMO_FILMS + FILMS
    assert number(database, "SELECT total FROM list_states WHERE name = 'movies'") == films(
        database
    )
    assert run(url, many(tmp_path / "one", 1))[1].startswith("one: 1 films, 0 new, 0 updated")


class Readers:
    """Those who ask for lists again and again, and remember what they were told."""

    PATHS = ("/movies/?page=1", "/movies/?per_page=5&page=2", "/genres/", "/movies/?q=film&page=1")

    def __init__(self, url: str) -> None:
        self.url = url
        self.done = Event()
        self.statuses: set[int] = set()
        self.bodies: dict[tuple[str, str], set[bytes]] = defaultdict(set)
        self.totals: dict[str, list[tuple[float, str]]] = defaultdict(list)
        self._lock = Lock()

    def have_begun_after(self, moment: float) -> bool:
        with self._lock:
            return any(began > moment for began, _ in self.totals[self.PATHS[-1]])

    def read(self) -> None:
        while not self.done.is_set():
            for path in self.PATHS:
                began = time.monotonic()
                # A connection of its own each time, so that all workers are met.
                answer = httpx.get(f"{self.url}{path}", timeout=30)
                with self._lock:
                    self.statuses.add(answer.status_code)
                    self.bodies[path, answer.headers.get("ETag", "none")].add(answer.content)
                    total = answer.headers.get("X-Total-Count", answer.text)
                    self.totals[path].append((began, total))


def test_an_import_is_seen_everywhere_within_a_second_and_never_in_part(
    url: str, tmp_path: Path
) -> None:
    path = many(tmp_path / "imdb", 3_000)
    with (
        serve(url, tmp_path / "log", workers=2) as server,
        ThreadPoolExecutor(2) as pool,
    ):
        readers = Readers(server.url)
        reading = [pool.submit(readers.read) for _ in range(2)]
        try:
            assert run(url, path)[0] == 0
            ended = time.monotonic()
            wait_for(
                lambda: any(r.done() for r in reading) or readers.have_begun_after(ended + 2),
                PATIENCE,
            )
        finally:
            readers.done.set()
        for reader in reading:
            reader.result(timeout=PATIENCE)

    assert readers.statuses == {200}
    assert {len(bodies) for bodies in readers.bodies.values()} == {1}
    totals = readers.totals["/movies/?page=1"]
    assert {total for _, total in totals} == {str(DEMO_FILMS), str(DEMO_FILMS + 3_000)}
    assert {total for began, total in totals if began > ended + 1} == {str(DEMO_FILMS + 3_000)}


def test_others_write_while_an_import_is_running(
    url: str, database: Engine, tmp_path: Path
) -> None:
    run(url, many(tmp_path / "imdb", 3_000))
    path = many(tmp_path / "newer", 8_000, rating="9.0")
    done = Event()

    def write(server_url: str, film_ids: list[int]) -> list[int]:
        statuses = []
        with Api(server_url) as api:
            account = api.new_account()
            while not done.is_set():
                for film_id in film_ids:
                    for method in ("POST", "POST", "DELETE", "POST"):
                        favorite = f"/favorites/movies/{film_id}/"
                        answer = api.request(method, favorite, headers=account.headers)
                        statuses.append(answer.status_code)
        return statuses

    with serve(url, tmp_path / "log", workers=2) as server, ThreadPoolExecutor(4) as pool:
        last = number(database, "SELECT max(id) FROM movies")
        ids = list(range(last - 9, last + 1))
        writing = [pool.submit(write, server.url, ids[::order]) for order in (1, -1, 1, -1)]
        try:
            code, line = run(url, path)
        finally:
            done.set()
        statuses = [status for writer in writing for status in writer.result(timeout=PATIENCE)]

    assert code == 0
    assert "8000 films, 5000 new, 3000 updated, 0 unchanged" in line
    assert set(statuses) == {200, 204}
    wrong = (
        "SELECT count(*) FROM movies WHERE favorites_count <> "
        "(SELECT count(*) FROM favorites WHERE favorites.movie_id = movies.id)"
    )
    assert number(database, wrong) == 0
    assert number(database, "SELECT sum(favorites_count) FROM movies") > 0

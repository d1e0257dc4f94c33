"""PostgreSQL stopped, stalled, locked or absent."""

import subprocess
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from functools import partial

import psycopg
import pytest
from httpx import codes
from sqlalchemy import event

from app import create_app
from config import Config
from setup_db import db
from tests.contract.client import Account, Api
from tests.support.ports import free_port
from tests.support.postgresql import PostgreSQL, postgresql
from tests.support.servers import SECRET_KEY, prepare, run_flask
from tests.support.waiting import wait_for
from tests.system.conftest import Start
from tests.system.requests import (
    GRACE_SECONDS,
    REFUSED_SECONDS,
    Call,
    assert_refused,
    assert_served,
    assert_soon_normal,
    reads,
    send,
    send_many,
    writes,
)

READY_SECONDS = 2


@pytest.fixture(scope="module")
def cluster() -> Iterator[PostgreSQL]:
    """A PostgreSQL for this module alone, so that tests can stop it."""
    with postgresql() as started:
        yield started


@pytest.fixture(scope="module")
def database_url(cluster: PostgreSQL) -> str:
    prepare(cluster.url)
    return cluster.url


@pytest.fixture(scope="module")
def calls(api: Api, account: Account) -> dict[str, Call]:
    """Eight requests of all kinds."""
    return reads(api, account) | writes(api, account)


@pytest.fixture
def stopped(cluster: PostgreSQL, calls: dict[str, Call]) -> Iterator[None]:
    """Stop PostgreSQL after all requests have succeeded, and start it again at the end."""
    assert_served(send(calls))
    cluster.stop()
    yield
    if not cluster.is_running:
        cluster.start()
    assert_soon_normal(calls)


@contextmanager
def stalled(cluster: PostgreSQL) -> Iterator[None]:
    """Suspend PostgreSQL, which keeps its connections open, and resume it at the end."""
    cluster.stall()
    try:
        yield
    finally:
        cluster.resume()


@pytest.mark.usefixtures("stopped")
def test_requests_are_refused_while_it_is_stopped_and_soon_normal_afterwards(
    cluster: PostgreSQL, api: Api, calls: dict[str, Call]
) -> None:
    ready, cached = partial(api.get, "/health/ready"), partial(api.get, "/movies/?page=1")
    assert_refused(send({**calls, "ready": ready}))
    assert api.get("/health/live").status_code == codes.OK
    cluster.start()
    assert_soon_normal({**calls, "ready": ready, "cached": cached})


def test_a_restart_between_two_requests_goes_unnoticed(
    cluster: PostgreSQL, calls: dict[str, Call]
) -> None:
    assert_served(send(calls))
    cluster.stop()
    cluster.start()
    assert_served(send(calls))


def test_requests_are_refused_in_time_while_it_is_stalled(
    cluster: PostgreSQL, api: Api, calls: dict[str, Call]
) -> None:
    ready = {f"ready {number}": partial(api.get, "/health/ready") for number in range(8)}
    never_asked_before = partial(api.get, "/movies/?sort=title")
    assert_served(send(calls))
    with stalled(cluster):
        first = send(calls | ready)
        assert_refused(first)
        slowest = max(first[name].elapsed.total_seconds() for name in ready)
        assert slowest < READY_SECONDS + GRACE_SECONDS
        assert api.get("/health/live").status_code == codes.OK
        # All broken connections have now been removed from the pools.
        assert_refused(send(calls))
        assert_refused(send_many(never_asked_before, 8))
    assert_soon_normal(calls)


def test_a_statement_under_way_is_given_up_when_it_stalls(
    cluster: PostgreSQL, api: Api, account: Account, calls: dict[str, Call]
) -> None:
    with psycopg.connect(cluster.url) as other, ThreadPoolExecutor() as pool:
        other.execute("LOCK TABLE users IN ACCESS EXCLUSIVE MODE")
        profile = pool.submit(api.whoami, account.tokens)
        waiting = "SELECT count(*) FROM pg_locks WHERE NOT granted"
        wait_for(lambda: other.execute(waiting).fetchone() != (0,))
        with stalled(cluster):
            assert_refused({"the profile": profile.result()})
    assert_soon_normal(calls)


def test_a_response_that_is_ready_is_sent_when_it_stalls_before_the_rollback(
    cluster: PostgreSQL, database_url: str
) -> None:
    app = create_app(Config(SECRET_KEY=SECRET_KEY, DATABASE_URL=database_url))
    client = app.test_client()
    assert client.get("/genres/2/").status_code == codes.OK
    with app.app_context():
        event.listen(db.engine, "after_cursor_execute", lambda *_: cluster.stall(), once=True)
    began = time.monotonic()
    try:
        assert client.get("/genres/1/").status_code == codes.OK
    finally:
        cluster.resume()
    assert time.monotonic() - began < REFUSED_SECONDS
    with app.app_context():
        db.engine.dispose()


def test_more_than_there_are_connections_for_are_refused_in_time(
    cluster: PostgreSQL, api: Api, account: Account, calls: dict[str, Call]
) -> None:
    with psycopg.connect(cluster.url) as other:
        other.execute("LOCK TABLE users IN ACCESS EXCLUSIVE MODE")
        assert_refused(send_many(partial(api.whoami, account.tokens), 40))
    assert_served(send(calls))


@pytest.mark.usefixtures("stopped")
def test_a_server_that_started_without_it_finds_it_later(
    cluster: PostgreSQL, database_url: str, start: Start
) -> None:
    with Api(start(database_url).url) as client:
        found = {path: partial(client.get, path) for path in ("/health/ready", "/movies/")}
        assert_refused(send(found))
        cluster.start()
        assert_soon_normal(found)


def test_all_programs_read_several_hosts(cluster: PostgreSQL, account: Account) -> None:
    """The first host is down."""
    hosts = f"host=127.0.0.1,127.0.0.1&port={free_port()},{cluster.port}"
    url = f"postgresql://postgres@/postgres?{hosts}&target_session_attrs=read-write"
    for program, option in (("psql", "--command=SELECT 1"), ("pg_dump", "--schema-only")):
        command = [str(cluster.programs / program), option, f"--dbname={url}"]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        assert (done.returncode, done.stderr) == (0, "")
    assert account.email in run_flask(url, "user", "list").stdout


@pytest.mark.usefixtures("stopped")
def test_preparing_says_in_a_sentence_that_it_is_absent(database_url: str) -> None:
    done = run_flask(database_url, "prepare", check=False, seconds=30)
    [sentence] = done.stderr.splitlines()
    assert done.returncode == 1
    assert sentence.startswith("Error: The database does not answer: ")
    assert "Connection refused" in sentence

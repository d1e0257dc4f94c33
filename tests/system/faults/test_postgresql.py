"""PostgreSQL that is stopped, stalled, locked or absent."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path

import psycopg
import pytest
from httpx import codes

from tests.contract.client import Account, Api
from tests.contract.threads import at_once
from tests.support.servers import ROOT, environment, serve
from tests.support.waiting import wait_for
from tests.system.faults.client import (
    GRACE_SECONDS,
    Call,
    ask_at_once,
    assert_refused,
    assert_served,
    assert_soon_normal,
    client_of,
    reads,
    writes,
)
from tests.system.faults.cluster import Cluster

READY_SECONDS = 2


@pytest.fixture(scope="module")
def api(postgresql_url: str, log: Path) -> Iterator[Api]:
    with serve(postgresql_url, log) as server, client_of(server) as client:
        yield client


@pytest.fixture(scope="module")
def account(api: Api) -> Account:
    return api.new_account()


@pytest.fixture(scope="module")
def calls(api: Api, account: Account) -> dict[str, Call]:
    """Eight requests of all kinds."""
    written = {f"writing {what}": call for what, call in writes(api, account).items()}
    return reads(api, account) | written


@pytest.fixture
def stopped(postgresql: Cluster, calls: dict[str, Call]) -> Iterator[None]:
    """PostgreSQL is stopped after everything has worked, and runs again afterwards."""
    assert_served(ask_at_once(calls))
    postgresql.stop()
    yield
    if not postgresql.is_running:
        postgresql.start()
    assert_soon_normal(calls)


@pytest.fixture
def stalled(postgresql: Cluster, calls: dict[str, Call]) -> Iterator[None]:
    """PostgreSQL has stopped answering, without telling anybody, and goes on afterwards."""
    assert_served(ask_at_once(calls))
    postgresql.stall()
    yield
    postgresql.resume()
    assert_soon_normal(calls)


@pytest.mark.usefixtures("stopped")
def test_requests_are_refused_while_it_is_stopped(calls: dict[str, Call]) -> None:
    assert_refused(ask_at_once(calls))


@pytest.mark.usefixtures("stopped")
def test_the_process_is_alive_but_not_ready_while_it_is_stopped(api: Api) -> None:
    assert api.get("/health/live").status_code == codes.OK
    assert_refused({"ready": api.get("/health/ready")})


@pytest.mark.usefixtures("stopped")
def test_everything_is_soon_normal_when_it_runs_again(
    postgresql: Cluster, api: Api, calls: dict[str, Call]
) -> None:
    assert_refused(ask_at_once(calls))
    postgresql.start()
    kept = partial(api.get, "/movies/?page=1")
    assert_soon_normal({**calls, "kept": kept, "ready": partial(api.get, "/health/ready")})


def test_nobody_notices_a_restart_between_two_requests(
    postgresql: Cluster, calls: dict[str, Call]
) -> None:
    assert_served(ask_at_once(calls))
    postgresql.stop()
    postgresql.start()
    assert_served(ask_at_once(calls))


@pytest.mark.usefixtures("stalled")
def test_eight_at_once_are_refused_in_time_while_it_is_stalled(calls: dict[str, Call]) -> None:
    assert_refused(ask_at_once(calls))
    assert_refused(ask_at_once(calls))  # Now there is no connection left that seemed to work.


@pytest.mark.usefixtures("stalled")
def test_who_waits_for_the_same_list_is_refused_in_time_while_it_is_stalled(api: Api) -> None:
    never_asked_before = partial(api.get, "/movies/?sort=title")
    answers = at_once([never_asked_before] * 8)
    assert_refused({f"number {number}": answer for number, answer in enumerate(answers)})


@pytest.mark.usefixtures("stalled")
def test_the_process_is_alive_but_not_ready_while_it_is_stalled(api: Api) -> None:
    answers = at_once([partial(api.get, "/health/ready")] * 8)
    alive = api.get("/health/live")
    assert [answer.status_code for answer in answers] == [codes.SERVICE_UNAVAILABLE] * 8
    slowest = max(answer.elapsed.total_seconds() for answer in answers)
    assert slowest < READY_SECONDS + GRACE_SECONDS
    assert alive.status_code == codes.OK


def test_a_statement_under_way_is_given_up_when_it_stalls(
    postgresql: Cluster, postgresql_url: str, api: Api, account: Account, calls: dict[str, Call]
) -> None:
    with psycopg.connect(postgresql_url) as other:
        other.execute("LOCK TABLE users IN ACCESS EXCLUSIVE MODE")

        with ThreadPoolExecutor() as pool:
            profile = pool.submit(api.whoami, account.tokens)
            waiting = "SELECT count(*) FROM pg_locks WHERE NOT granted"
            wait_for(lambda: other.execute(waiting).fetchone() != (0,))
            postgresql.stall()
        postgresql.resume()
    assert_refused({"the profile": profile.result()})
    assert_soon_normal(calls)


def test_more_than_there_are_connections_for_are_refused_in_time(
    postgresql_url: str, api: Api, account: Account, calls: dict[str, Call]
) -> None:
    with psycopg.connect(postgresql_url) as other:
        other.execute("LOCK TABLE users IN ACCESS EXCLUSIVE MODE")
        answers = at_once([partial(api.whoami, account.tokens)] * 40)
    assert_refused({f"number {number}": answer for number, answer in enumerate(answers)})
    assert_served(ask_at_once(calls))


@pytest.mark.usefixtures("stopped")
def test_a_server_that_started_without_it_finds_it_later(
    postgresql: Cluster, postgresql_url: str, tmp_path: Path
) -> None:
    with serve(postgresql_url, tmp_path / "log") as server, client_of(server) as client:
        assert_refused({"ready": client.get("/health/ready"), "films": client.get("/movies/")})
        postgresql.start()
        found = {
            "ready": partial(client.get, "/health/ready"),
            "films": partial(client.get, "/movies/"),
        }
        assert_soon_normal(found)


@pytest.mark.usefixtures("stopped")
def test_preparing_says_in_a_sentence_that_it_is_absent(postgresql_url: str) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "flask", "--app", "app", "prepare"],
        cwd=ROOT,
        env=environment(postgresql_url),
        capture_output=True,
        text=True,
        timeout=30,
        check=False,
    )
    assert done.returncode == 1
    [sentence] = done.stderr.splitlines()
    assert sentence.startswith("Error: The database does not answer: ")
    assert "Connection refused" in sentence

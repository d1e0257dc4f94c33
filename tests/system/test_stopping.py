"""SIGTERM, and the death of a worker."""

import signal
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

import httpx
import psycopg
from httpx import codes

from tests.contract.client import Api
from tests.support.databases import Databases
from tests.support.ports import listens
from tests.support.processes import send, workers
from tests.support.servers import Server
from tests.support.waiting import wait_for
from tests.system.conftest import Start
from tests.system.requests import connections

STOP_SECONDS = 12


@contextmanager
def stopping(server: Server) -> Iterator[None]:
    """Send SIGTERM. The server has to end in time and with exit code 0."""
    told = time.monotonic()
    server.process.send_signal(signal.SIGTERM)
    yield
    assert server.process.wait(timeout=30) == 0
    assert time.monotonic() - told < STOP_SECONDS


def test_requests_in_flight_are_answered_after_sigterm(databases: Databases, start: Start) -> None:
    url = databases.prepared("postgresql")
    server = start(url, workers=2)
    with Api(server.url) as api, psycopg.connect(url) as other, ThreadPoolExecutor() as pool:
        account = api.new_account()
        other.execute("LOCK TABLE users IN ACCESS EXCLUSIVE MODE")
        slow = [pool.submit(api.whoami, account.tokens) for _ in range(6)]
        waiting = (
            "SELECT count(*) FROM pg_locks WHERE NOT granted AND database = "
            "(SELECT oid FROM pg_database WHERE datname = current_database())"
        )
        wait_for(lambda: other.execute(waiting).fetchone() == (6,))
        with stopping(server):
            wait_for(lambda: not listens(httpx.URL(server.url).port or 0))
            other.rollback()
            assert [future.result().status_code for future in slow] == [codes.OK] * 6


def test_who_only_holds_a_connection_does_not_keep_it_from_stopping(server: Server) -> None:
    here = ["127.0.0.1"]
    nothing, half = (connections(server.url, sent, here) for sent in (b"", b"GET / HTTP/1.1\r\nHo"))
    with nothing, half, stopping(server):
        pass


def test_a_worker_that_died_is_replaced_and_the_others_go_on(
    start: Start, database_url: str
) -> None:
    server = start(database_url, workers=2)
    pid = server.process.pid
    first, second = workers(pid)
    send(signal.SIGKILL, [first])
    wait_for(lambda: first not in workers(pid))
    for _ in range(10):
        # A new connection each time, which any worker may get.
        assert httpx.get(f"{server.url}/movies/", timeout=10).status_code == codes.OK
    wait_for(lambda: len(workers(pid)) == 2)
    assert second in workers(pid)
    wait_for(lambda: server.log.read_text().count("Started worker-") == 3)

"""SIGTERM, and the death of a worker."""

from __future__ import annotations

import signal
import socket
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx
import psycopg
from httpx import codes

from tests.support.servers import Server, serve
from tests.support.waiting import wait_for
from tests.system.faults.client import client_of
from tests.system.faults.processes import send, workers

STOP_SECONDS = 12


def is_listening(server: Server) -> bool:
    try:
        connect(server).close()
    except ConnectionRefusedError:
        return False
    return True


def connect(server: Server) -> socket.socket:
    address = httpx.URL(server.url)
    return socket.create_connection((address.host, address.port or 0), timeout=10)


def test_who_is_being_served_when_it_is_told_to_stop_is_answered(
    postgresql_url: str, log: Path
) -> None:
    with (
        serve(postgresql_url, log, workers=2) as server,
        client_of(server) as api,
        psycopg.connect(postgresql_url) as other,
        ThreadPoolExecutor() as pool,
    ):
        account = api.new_account()
        other.execute("LOCK TABLE users IN ACCESS EXCLUSIVE MODE")
        slow = [pool.submit(api.whoami, account.tokens) for _ in range(6)]
        waiting = "SELECT count(*) FROM pg_locks WHERE NOT granted"
        wait_for(lambda: other.execute(waiting).fetchone() == (6,))
        told = time.monotonic()
        server.process.send_signal(signal.SIGTERM)
        wait_for(lambda: not is_listening(server))
        other.rollback()
        assert [future.result().status_code for future in slow] == [codes.OK] * 6
        assert server.process.wait(timeout=30) == 0
        assert time.monotonic() - told < STOP_SECONDS


def test_who_only_holds_a_connection_does_not_keep_it_from_stopping(
    sqlite_url: str, log: Path
) -> None:
    with serve(sqlite_url, log) as server, connect(server), connect(server) as half_sent:
        half_sent.sendall(b"GET /movies/ HTTP/1.1\r\nHost:")
        told = time.monotonic()
        server.process.send_signal(signal.SIGTERM)
        assert server.process.wait(timeout=30) == 0
        assert time.monotonic() - told < STOP_SECONDS


def test_a_worker_that_died_is_replaced_and_the_others_go_on(sqlite_url: str, log: Path) -> None:
    with serve(sqlite_url, log, workers=2) as server:
        pid = server.process.pid
        before = workers(pid)
        assert len(before) == 2
        send(signal.SIGKILL, before[:1])
        wait_for(lambda: before[0] not in workers(pid))
        for _ in range(20):
            # Each on a new connection, which could go to any of them.
            assert httpx.get(f"{server.url}/movies/", timeout=10).status_code == codes.OK
        wait_for(lambda: len(workers(pid)) == 2)
        assert before[1] in workers(pid)
        wait_for(lambda: log.read_text().count("Started worker-") == 3)

"""Timeouts of the database, and the state they leave behind."""

import socket
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor, as_completed
from typing import Any

import psycopg
import pytest
from sqlalchemy import Connection, Engine, text
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from constants import CONNECT_SECONDS, IDLE_REPLY_SECONDS, LOCK_SECONDS, POOL_SECONDS, REPLY_SECONDS
from helpers.database import sqlite
from helpers.database.hosts import Host, Hosts
from setup_db import session_without_timeouts, transaction
from tests.support.ports import free_port

on_postgresql = pytest.mark.parametrize("app", ["postgresql"], indirect=True)


@pytest.fixture
def untimed(engine: Engine) -> Iterator[Connection]:
    """A connection whose timeouts are lifted."""
    with session_without_timeouts(engine) as session:
        yield session.connection()


def timeouts_of(connection: Connection) -> list[Any]:
    """Return the reply timeout of the driver, and the statement and lock timeouts of the server."""
    settings = ("statement_timeout", "lock_timeout")
    own = [connection.scalar(text(f"SHOW {name}")) for name in settings]
    return [driver_of(connection).timeout, *own]


def driver_of(connection: Connection) -> Any:
    return connection.connection.driver_connection


@on_postgresql
def test_a_server_that_does_not_reply_in_time_costs_the_connection(untimed: Connection) -> None:
    driver_of(untimed).timeout = 0.1
    with pytest.raises(OperationalError, match="the server does not answer"):
        untimed.execute(text("SELECT pg_sleep(5)"))
    assert untimed.invalidated


def silent_host() -> socket.socket:
    """Return a host that accepts connections and never replies, like a stopped PostgreSQL."""
    return socket.create_server(("127.0.0.1", 0))


def test_one_thread_tries_to_connect_again_and_the_others_fail_at_once() -> None:
    host = Host({"host": "127.0.0.1"})

    def why_not(port: int) -> str:
        with pytest.raises(psycopg.OperationalError) as refused:
            host.connect(port=port, connect_timeout=60)
        return str(refused.value)

    assert "refused" in why_not(free_port())
    with ThreadPoolExecutor(4) as pool:
        with silent_host() as silent:
            tries = [pool.submit(why_not, silent.getsockname()[1]) for _ in range(4)]
            finished = as_completed(tries, timeout=30)
            reasons = {next(finished).result() for _ in range(3)}
        assert reasons == {"the server did not answer a moment ago"}
        assert next(finished).result() not in reasons  # The host has closed this connection.


@on_postgresql
def test_the_last_good_host_is_tried_first(engine: Engine) -> None:
    good = engine.url
    options = {"user": good.username, "password": good.password, "dbname": good.database}
    with silent_host() as silent:
        ports = f"{silent.getsockname()[1]},{good.port}"
        hosts = Hosts({"host": f"127.0.0.1,{good.host}", "port": ports})
        for _ in range(2):
            hosts.connect(**options, connect_timeout=CONNECT_SECONDS).close()
        silent.settimeout(0.1)
        silent.accept()[0].close()
        with pytest.raises(TimeoutError):
            silent.accept()


@on_postgresql
def test_connections_have_timeouts_and_idle_ones_less_time_for_a_sign_of_life(
    engine: Engine,
) -> None:
    limit = f"{LOCK_SECONDS}s"
    with engine.connect() as connection:
        assert timeouts_of(connection) == [REPLY_SECONDS, limit, limit]
        driver = driver_of(connection)
    assert driver.timeout == IDLE_REPLY_SECONDS


@on_postgresql
def test_lifting_the_timeouts_keeps_the_one_for_locks(untimed: Connection) -> None:
    assert timeouts_of(untimed) == [None, "0", f"{LOCK_SECONDS}s"]


def test_the_longest_waits_of_a_request_end_within_six_seconds() -> None:
    assert LOCK_SECONDS < REPLY_SECONDS
    # The rollback after the guard's reads, the liveness check, and connecting to the second host.
    idle_then_another = IDLE_REPLY_SECONDS * 2 + CONNECT_SECONDS
    assert POOL_SECONDS + max(REPLY_SECONDS, idle_then_another) < 6


@pytest.mark.parametrize("app", ["sqlite"], indirect=True)
def test_waiting_for_the_write_lock_ends_and_leaves_the_busy_timeout_as_it_was(
    session: Session, engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sqlite, "LOCK_SECONDS", 0.1)
    with transaction(session), Session(engine) as other:
        with pytest.raises(OperationalError, match="locked"), transaction(other):
            pass
        assert other.scalar(text("PRAGMA busy_timeout")) == LOCK_SECONDS * 1000

"""Waiting for a database: for how long, and what is left afterwards."""

from __future__ import annotations

import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import psycopg
import pytest
from sqlalchemy import Connection, Engine, text
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

import setup_db
from constants import LOCK_SECONDS
from helpers.database import sqlite
from helpers.database.postgresql import IDLE_PATIENCE_SECONDS, PATIENCE_SECONDS, PatientConnection
from setup_db import take_time, transaction
from tests.contract.threads import at_once

on_postgresql = pytest.mark.parametrize("app", ["postgresql"], indirect=True)
on_sqlite = pytest.mark.parametrize("app", ["sqlite"], indirect=True)


@pytest.fixture
def postgresql(engine: Engine) -> Iterator[Connection]:
    """A connection to PostgreSQL, whose statements may take as long as they like by themselves."""
    with engine.connect() as connection:
        take_time(connection)
        yield connection
        connection.invalidate()


def driver_of(connection: Connection) -> Any:
    return connection.connection.driver_connection


@contextmanager
def given_up_within(seconds: float) -> Iterator[None]:
    began = time.monotonic()
    with pytest.raises(OperationalError):
        yield
    assert time.monotonic() - began < seconds


@on_postgresql
def test_a_server_that_does_not_answer_is_given_up(postgresql: Connection) -> None:
    driver_of(postgresql).patience = 0.1
    with given_up_within(3):
        postgresql.execute(text("SELECT pg_sleep(5)"))
    assert postgresql.invalidated


@on_postgresql
def test_a_server_that_answers_in_time_is_not(postgresql: Connection) -> None:
    driver_of(postgresql).patience = 3
    assert postgresql.scalar(text("SELECT 1 FROM pg_sleep(0.2)")) == 1


def test_one_tries_while_no_connection_can_be_made_and_the_others_are_told_at_once(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(PatientConnection, "_none_can_be_made", True)
    with socket.create_server(("127.0.0.1", 0)) as silent:
        port = silent.getsockname()[1]

        def seconds_until_told() -> float:
            began = time.monotonic()
            with pytest.raises(psycopg.OperationalError):
                PatientConnection.connect(host="127.0.0.1", port=port, connect_timeout=2)
            return time.monotonic() - began

        *at_once_told, tried = sorted(at_once([seconds_until_told] * 4))
    assert max(at_once_told) < 1 < tried


@on_postgresql
def test_there_is_a_bound_where_nobody_sets_one(postgresql: Connection, engine: Engine) -> None:
    with engine.connect() as other:
        assert driver_of(other).patience == PATIENCE_SECONDS
    with postgresql.engine.connect() as own:
        assert own.scalar(text("SHOW statement_timeout")) == f"{LOCK_SECONDS}s"
        assert LOCK_SECONDS < PATIENCE_SECONDS


@on_postgresql
def test_an_idle_connection_has_less_time_for_a_sign_of_life(
    postgresql: Connection, engine: Engine
) -> None:
    with engine.connect() as other:
        driver = driver_of(other)
    assert driver.patience == IDLE_PATIENCE_SECONDS


@on_postgresql
def test_what_is_not_a_request_may_take_its_time(postgresql: Connection) -> None:
    assert driver_of(postgresql).patience is None
    assert postgresql.scalar(text("SHOW statement_timeout")) == "0"


def test_the_longest_waits_of_a_request_end_before_it_is_told_to_come_back() -> None:
    idle_then_another = IDLE_PATIENCE_SECONDS + setup_db.CONNECT_SECONDS
    longest = max(PATIENCE_SECONDS, LOCK_SECONDS, idle_then_another)
    assert setup_db.POOL_SECONDS + longest < 6


@on_sqlite
def test_waiting_for_the_lock_of_sqlite_ends_and_leaves_the_timeout_as_it_was(
    session: Session, engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sqlite, "LOCK_SECONDS", 0.1)
    with (
        transaction(session),
        Session(engine) as other,
        given_up_within(3),
        transaction(other),
    ):
        pass
    with engine.connect() as connection:
        timeouts = connection.execute(text("PRAGMA busy_timeout")).scalar()
    assert timeouts == 4000

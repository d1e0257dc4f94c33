"""SQLite as the database of a server: many connections that write to one file in turn."""

from __future__ import annotations

import sqlite3
from time import monotonic, sleep
from typing import Any

from sqlalchemy import Connection
from sqlalchemy.exc import OperationalError

from constants import LOCK_SECONDS

_BUSY_TIMEOUT = f"PRAGMA busy_timeout = {LOCK_SECONDS * 1000}"
_POLL_SECONDS = 0.002

# Among what a connection knows of itself: how long it waits for the lock, if that is not the usual.
_OWN_SECONDS = "seconds for the lock"
_MANY_SECONDS = 60


def configure(connection: Any, _record: object) -> None:
    """Prepare a new connection of the driver."""
    # The driver would otherwise begin transactions by itself, and only before some statements.
    connection.isolation_level = None
    cursor = connection.cursor()
    # The timeout comes first: switching to WAL needs a lock of its own.
    cursor.execute(_BUSY_TIMEOUT)
    cursor.execute("PRAGMA journal_mode = WAL")
    cursor.execute("PRAGMA synchronous = NORMAL")
    cursor.execute("PRAGMA foreign_keys = ON")
    cursor.close()


def take_time(connection: Connection) -> None:
    """Let this connection wait for the lock longer than a request may."""
    connection.info[_OWN_SECONDS] = _MANY_SECONDS


def begin(connection: Connection) -> None:
    """Begin a transaction; with the execution option `writes`, by taking the write lock.

    One that reads and then writes fails at once when another one has written in between, whatever
    the busy timeout. Raises OperationalError where others keep the lock too long.
    """
    driver: Any = connection.connection.driver_connection
    if not connection.get_execution_options().get("writes", False):
        driver.execute("BEGIN")
        return
    # SQLite's own way of waiting asks less and less often, so newcomers overtake whoever waits:
    # with 32 threads in 4 processes the unluckiest waited 2.3 s, and 0.4 s where all ask alike.
    driver.execute("PRAGMA busy_timeout = 0")
    try:
        deadline = monotonic() + connection.info.get(_OWN_SECONDS, LOCK_SECONDS)
        while error := _refusal_of_write_lock(driver):
            if error.sqlite_errorcode != sqlite3.SQLITE_BUSY or monotonic() > deadline:
                raise OperationalError("BEGIN IMMEDIATE", None, error) from error
            sleep(_POLL_SECONDS)
    finally:
        driver.execute(_BUSY_TIMEOUT)


def _refusal_of_write_lock(driver: sqlite3.Connection) -> sqlite3.OperationalError | None:
    try:
        driver.execute("BEGIN IMMEDIATE")
    except sqlite3.OperationalError as error:
        return error
    return None

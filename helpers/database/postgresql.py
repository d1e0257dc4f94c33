"""PostgreSQL: a server that may be slow, stopped or gone."""

import zlib
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from functools import partial
from typing import Any

from psycopg import ProgrammingError
from psycopg.conninfo import make_conninfo
from sqlalchemy import Connection, Engine, event, func, select, text
from sqlalchemy.dialects import postgresql as dialect
from sqlalchemy.exc import DBAPIError

from constants import CONNECT_SECONDS, IDLE_REPLY_SECONDS, LOCK_SECONDS, REPLY_SECONDS
from helpers.database.hosts import Hosts
from helpers.database.timeout_connection import TimeoutConnection
from helpers.database.unusable import UnusableDatabase, raise_unusable

# Each connection takes a process of the server, so there are fewer connections than threads.
_POOL_SIZE = 20

_LIMIT = LOCK_SECONDS * 1000
_SETTINGS = {
    "statement_timeout": _LIMIT,
    "lock_timeout": _LIMIT,
    # After a few executions PostgreSQL prefers a generic plan. For a search or an offset that plan
    # reads all films.
    "plan_cache_mode": "force_custom_plan",
}

# Each statement sees the latest committed rows, and locks those.
WRITING = {"isolation_level": "READ COMMITTED"}
STAGING = WRITING
WRITERS_BLOCK = False
HAS_TITLE_INDEX = False  # LIKE uses an index of the column.
ESTIMATES_ROWS = True

insert = dialect.insert


def engine_options() -> dict[str, Any]:
    """Return what `create_engine` is called with."""
    return {
        "pool_size": _POOL_SIZE,
        "pool_pre_ping": True,
        # All statements of a response see one state, as on SQLite.
        "isolation_level": "REPEATABLE READ",
        "connect_args": {
            "connect_timeout": CONNECT_SECONDS,
            # Behind a pooler the next transaction may run on another connection, which lacks the
            # prepared statements. They are no loss: the driver forgets them at each rollback.
            "prepare_threshold": None,
            "options": " ".join(f"-c {name}={value}" for name, value in _SETTINGS.items()),
        },
    }


def prepare_engine(engine: Engine) -> None:
    """Listen to the events of an engine that has not connected yet."""
    try:
        make_conninfo(**dict.fromkeys(engine.url.query, ""))
    except ProgrammingError as error:
        raise UnusableDatabase(
            "DATABASE_URL has an option after its ? that PostgreSQL does not know."
        ) from error
    event.listen(engine, "do_connect", partial(_connect, Hosts(engine.url.query)))
    event.listen(engine, "checkin", _shorten_timeout)
    event.listen(engine, "checkout", _restore_timeout)
    event.listen(engine, "handle_error", raise_unusable)


def prepare_migration(connection: Connection) -> None:
    """Make a new connection fit for migrations, and unfit for the pool."""
    # Indexing a large table takes longer than a request may. The lock timeout stays: while a
    # migration waits for a table, all other requests wait behind it.
    prepare_import(connection)


def prepare_import(connection: Connection) -> None:
    """Lift the timeouts of statements and replies. The connection is then unfit for the pool."""
    _require_direct(connection)
    driver: Any = connection.connection.driver_connection
    driver.timeout = None
    driver.prepare_threshold = 5  # The default, without which inserts take a third longer.
    connection.exec_driver_sql("SET statement_timeout = 0")
    connection.commit()


def analyze(connection: Connection, table_names: Iterable[str]) -> None:
    """Tell the query planner about tables that have just been filled."""
    for name in table_names:
        connection.execute(text(f"ANALYZE {name}"))


@contextmanager
def try_lock(engine: Engine, purpose: str) -> Iterator[Callable[[], bool]]:
    """Yield a function that tries once to take an advisory lock, which holds for all machines."""
    key = zlib.crc32(f"kinoteka {purpose}".encode())
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        _require_direct(connection)
        try:
            yield lambda: bool(connection.scalar(select(func.pg_try_advisory_lock(key))))
        finally:
            # Not just closed: the server notices that a moment later. Of 1,000 locks released by
            # closing, 22 were still held when the next process tried.
            try:
                connection.execute(select(func.pg_advisory_unlock_all()))
            except DBAPIError:
                connection.invalidate()


def _require_direct(connection: Connection) -> None:
    """Raise UnusableDatabase behind a pooler, where locks and settings would leak to other clients.

    At connection time the server tells the client its process id. A pooler, such as PgBouncer,
    reports an id of its own, because the server process changes with each transaction.
    """
    driver: Any = connection.connection.driver_connection
    if connection.scalar(select(func.pg_backend_pid())) != driver.info.backend_pid:
        raise UnusableDatabase(
            "DATABASE_URL leads to a pooler, such as PgBouncer. Name PostgreSQL itself for this: "
            "it needs a connection of its own."
        )


def _connect(
    hosts: Hosts, _dialect: object, _record: object, args: Any, options: Any
) -> TimeoutConnection:
    connection = hosts.connect(*args, **options)
    encoding = connection.info.parameter_status("server_encoding")
    if encoding != "UTF8":  # With SQL_ASCII the driver returns bytes instead of text.
        connection.close()
        raise UnusableDatabase(
            f"The database is encoded as {encoding}. Create it anew with ENCODING 'UTF8'."
        )
    return connection


def _shorten_timeout(connection: TimeoutConnection | None, _record: object) -> None:
    # The next statement on an idle connection is the ping of `pool_pre_ping`.
    if connection is not None:
        connection.timeout = IDLE_REPLY_SECONDS


def _restore_timeout(connection: TimeoutConnection, _record: object, _proxy: object) -> None:
    connection.timeout = REPLY_SECONDS

"""SQLite as the database of a server: many connections that write to one file in turn."""

import os
import sqlite3
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from functools import partial
from math import inf
from pathlib import Path
from time import monotonic, sleep
from typing import Any

from filelock import FileLock, Timeout
from sqlalchemy import Connection, Engine, event
from sqlalchemy.dialects import sqlite as dialect
from sqlalchemy.exc import OperationalError

from constants import LOCK_SECONDS
from helpers.database.unusable import UnusableDatabase, raise_unusable

# A connection for each thread of the server, so that threads which wait for the write lock keep
# nobody from reading.
_POOL_SIZE = 64

# The system has the file in memory as well, once for all connections.
_CACHE_KIB = 512

_BUSY_TIMEOUT = f"PRAGMA busy_timeout = {LOCK_SECONDS * 1000}"
_POLL_SECONDS = 0.002

# Keys of `connection.info`: the seconds that a connection waits for the write lock, and the time
# when its current statement has taken too long.
_WAIT = "seconds for the write lock"
_DEADLINE = "deadline of the statement"
_LONG_WAIT_SECONDS = 60

# After how many steps of its virtual machine SQLite looks at the clock. With 100,000 a search took
# fifteen times its limit, because steps of a full-text index take long.
_STEPS = 10_000

_IMPORT_SETTINGS = (
    "PRAGMA cache_size = -65536",  # KiB.
    # Pages: a page that many batches change is written back once. Takes a third off the time.
    "PRAGMA wal_autocheckpoint = 8000",
)

# Execution options of transactions that write, and of those that write temporary tables only, which
# lie outside the file that the write lock protects. `_begin` takes it for `writes`.
WRITING = {"writes": True}
STAGING = {"writes": False}

# Whether nobody else can write while a transaction does.
WRITERS_BLOCK = True

# Whether titles have a full-text index of their own, and whether the planner of queries estimates
# how many rows each condition leaves.
HAS_TITLE_INDEX = True
ESTIMATES_ROWS = False

insert = dialect.insert


def engine_options() -> dict[str, Any]:
    """Return what `create_engine` is called with."""
    return {"pool_size": _POOL_SIZE}


def prepare_engine(engine: Engine) -> None:
    """Listen to the events of an engine that has not connected yet."""
    path = Path(engine.url.database or "")
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    except OSError as error:
        reason = f"The folder of DATABASE_URL cannot be made: {error.strerror}."
        raise UnusableDatabase(reason) from error
    event.listen(engine, "do_connect", partial(_create_privately, path))
    event.listen(engine, "connect", _configure)
    event.listen(engine, "begin", _begin)
    event.listen(engine, "before_cursor_execute", _set_deadline)
    event.listen(engine, "handle_error", raise_unusable)


def prepare_migration(connection: Connection) -> None:
    """Make a new connection fit for migrations, and unfit for the pool."""
    # To rebuild a table Alembic drops the old one, and with foreign keys enforced the rows that
    # refer to it would go too: every favorite. Inside a transaction SQLite ignores this pragma, so
    # it goes to the driver's own connection before a transaction begins.
    driver: Any = connection.connection.driver_connection
    driver.execute("PRAGMA foreign_keys = OFF")
    _lift_timeouts(connection)  # A million films that are copied take longer than a request may.


def prepare_import(connection: Connection) -> None:
    """Make a connection fit for an import, however long its statements last; unfit for the pool."""
    _lift_timeouts(connection)
    driver: Any = connection.connection.driver_connection
    for setting in _IMPORT_SETTINGS:
        driver.execute(setting)


def analyze(connection: Connection, table_names: Iterable[str]) -> None:
    """Do nothing: the query planner need not be told of tables that have just been filled."""


@contextmanager
def try_lock(engine: Engine, purpose: str) -> Iterator[Callable[[], bool]]:
    """Give a function that tries once to lock a file beside the database, on one machine."""
    database = Path(engine.url.database or "").resolve()  # One path, however the URL spells it.
    # The soft lock of file systems that have no other would outlive its process.
    lock = FileLock(f"{database}.{purpose}.lock", fallback_to_soft=False)
    try:
        yield partial(_try_once, lock)
    finally:
        lock.release()


def _try_once(lock: FileLock) -> bool:
    with suppress(Timeout):
        lock.acquire(blocking=False)
    return lock.is_locked


def _create_privately(path: Path, *_: object) -> None:
    """Create a missing database for its owner alone: it holds e-mails and hashes of passwords.

    SQLite gives the files beside it the same mode.
    """
    if not path.exists():
        os.close(os.open(path, os.O_CREAT | os.O_WRONLY, 0o600))


def _lift_timeouts(connection: Connection) -> None:
    """Let a connection wait for the write lock longer than a request may, and work longer."""
    connection.info[_WAIT] = _LONG_WAIT_SECONDS
    driver: Any = connection.connection.driver_connection
    driver.set_progress_handler(None, 0)


def _set_deadline(
    connection: Connection, _cursor: object, _statement: str, _values: object, context: Any, _: bool
) -> None:
    # The rows of a whole list may take as long as they are many. The same conditions have been
    # evaluated within the limit by then, to count them.
    is_stream = context is not None and context.execution_options.get("yield_per")
    connection.info[_DEADLINE] = inf if is_stream else monotonic() + LOCK_SECONDS


def _configure(connection: Any, record: Any) -> None:
    """Prepare a new connection of the driver."""
    info = record.info
    connection.set_progress_handler(lambda: monotonic() > info.get(_DEADLINE, inf), _STEPS)
    # The driver would otherwise begin transactions by itself, and only before some statements.
    connection.isolation_level = None
    # The timeout comes first: switching to WAL needs a lock of its own.
    connection.execute(_BUSY_TIMEOUT)
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = NORMAL")
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute(f"PRAGMA cache_size = -{_CACHE_KIB}")


def _begin(connection: Connection) -> None:
    """Begin a transaction; with the execution option `writes`, by taking the write lock.

    A transaction that reads and then writes fails at once if another one has written in between,
    whatever the busy timeout. Raises OperationalError if others keep the lock too long.
    """
    driver: Any = connection.connection.driver_connection
    if not connection.get_execution_options().get("writes", False):
        driver.execute("BEGIN")
        return
    # SQLite's own way of waiting retries less and less often, so newcomers overtake the threads
    # that wait: with 32 threads in 4 processes the unluckiest waited 2.3 s, and 0.4 s with equal
    # intervals.
    driver.execute("PRAGMA busy_timeout = 0")
    try:
        deadline = monotonic() + connection.info.get(_WAIT, LOCK_SECONDS)
        while True:
            try:
                driver.execute("BEGIN IMMEDIATE")
            except sqlite3.OperationalError as error:
                if error.sqlite_errorcode != sqlite3.SQLITE_BUSY or monotonic() > deadline:
                    raise OperationalError("BEGIN IMMEDIATE", None, error) from error
                sleep(_POLL_SECONDS)
            else:
                return
    finally:
        driver.execute(_BUSY_TIMEOUT)

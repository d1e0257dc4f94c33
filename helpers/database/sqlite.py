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

# One connection for each thread of the server, so that threads waiting for the write lock block no
# readers.
_POOL_SIZE = 64

# Small, because the page cache of the system serves all connections.
_CACHE_KIB = 512

_BUSY_TIMEOUT = f"PRAGMA busy_timeout = {LOCK_SECONDS * 1000}"
_POLL_SECONDS = 0.002

# Keys of `connection.info`: how many seconds to wait for the write lock, and when the current
# statement has to end.
_WAIT = "seconds for the write lock"
_DEADLINE = "deadline of the statement"
_LONG_WAIT_SECONDS = 60

# SQLite checks the deadline after so many steps of its virtual machine. With 100,000 a search took
# fifteen times its limit, because steps of a full-text index are slow.
_STEPS = 10_000

_IMPORT_SETTINGS = (
    "PRAGMA cache_size = -65536",  # KiB.
    # In pages. A page that many batches change is written back once: a third less time.
    "PRAGMA wal_autocheckpoint = 8000",
)

# Execution options of transactions that write, and of those that write to temporary tables only,
# which the write lock does not protect. `_begin` reads them.
WRITING = {"writes": True}
STAGING = {"writes": False}

# Whether a writing transaction blocks all other writers.
WRITERS_BLOCK = True

# Whether titles have a separate full-text index, and whether the query planner estimates how many
# rows each condition leaves.
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
    # Alembic rebuilds a table by dropping the old one. With foreign keys enforced that would delete
    # the rows that refer to it: every favorite. SQLite ignores this pragma inside a transaction, so
    # it goes to the driver's own connection before one begins.
    driver: Any = connection.connection.driver_connection
    driver.execute("PRAGMA foreign_keys = OFF")
    _lift_timeouts(connection)  # Copying a million films takes longer than a request may.


def prepare_import(connection: Connection) -> None:
    """Make a connection fit for the long statements of an import, and unfit for the pool."""
    _lift_timeouts(connection)
    driver: Any = connection.connection.driver_connection
    for setting in _IMPORT_SETTINGS:
        driver.execute(setting)


def analyze(connection: Connection, table_names: Iterable[str]) -> None:
    """Do nothing: SQLite needs no statistics of tables that have just been filled."""


@contextmanager
def try_lock(engine: Engine, purpose: str) -> Iterator[Callable[[], bool]]:
    """Yield a function that tries once to lock a file beside the database, on one machine."""
    database = Path(engine.url.database or "").resolve()  # One path, however the URL spells it.
    # A soft lock, for file systems without real ones, would outlive its process.
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
    """Create a missing database readable by its owner only: it holds e-mails and password hashes.

    SQLite gives the files beside it the same mode.
    """
    if not path.exists():
        os.close(os.open(path, os.O_CREAT | os.O_WRONLY, 0o600))


def _lift_timeouts(connection: Connection) -> None:
    """Let a connection wait longer for the write lock, and its statements take any time."""
    connection.info[_WAIT] = _LONG_WAIT_SECONDS
    driver: Any = connection.connection.driver_connection
    driver.set_progress_handler(None, 0)


def _set_deadline(
    connection: Connection, _cursor: object, _statement: str, _values: object, context: Any, _: bool
) -> None:
    # Reading the rows of a whole list may take any time. Its conditions were evaluated within the
    # limit before, to count the rows.
    is_stream = context is not None and context.execution_options.get("yield_per")
    connection.info[_DEADLINE] = inf if is_stream else monotonic() + LOCK_SECONDS


def _configure(connection: Any, record: Any) -> None:
    """Prepare a new connection of the driver."""
    info = record.info
    connection.set_progress_handler(lambda: monotonic() > info.get(_DEADLINE, inf), _STEPS)
    # Otherwise the driver begins transactions by itself, and only before some statements.
    connection.isolation_level = None
    # The timeout comes first, because switching to WAL needs a lock.
    connection.execute(_BUSY_TIMEOUT)
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = NORMAL")
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute(f"PRAGMA cache_size = -{_CACHE_KIB}")


def _begin(connection: Connection) -> None:
    """Begin a transaction; with the execution option `writes`, by taking the write lock.

    A transaction that reads and then writes fails at once if another one has written in between,
    whatever the busy timeout. Raises OperationalError if the lock is held too long.
    """
    driver: Any = connection.connection.driver_connection
    if not connection.get_execution_options().get("writes", False):
        driver.execute("BEGIN")
        return
    # SQLite's own busy handler retries less and less often, so newcomers overtake waiting threads.
    # With 32 threads in 4 processes the longest wait was 2.3 s; with equal intervals it is 0.4 s.
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

"""Work on a database that one process at a time may do, wherever the others run."""

from __future__ import annotations

import fcntl
import time
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import TextIO

from sqlalchemy import Engine, func, select

# How often a lock is tried that another process has.
_TRY_SECONDS = 0.1


@contextmanager
def alone(engine: Engine, purpose: str, *, patient: bool = True) -> Iterator[bool]:
    """Let one process at a time do something to the database.

    Who is patient waits for the others, however long; who is not is told False where one of them
    is at it. On PostgreSQL the lock holds for all machines, on SQLite for the one that has the
    file. It ends with the process that holds it, however that ends.
    """
    with _tries(engine, purpose) as is_mine:
        # Tried, and not waited for: on PostgreSQL a statement that waited would hold a snapshot,
        # and CREATE INDEX CONCURRENTLY, in a migration of whoever has the lock, would wait for
        # that one to end.
        while not (mine := is_mine()) and patient:
            time.sleep(_TRY_SECONDS)
        yield mine


@contextmanager
def _tries(engine: Engine, purpose: str) -> Iterator[Callable[[], bool]]:
    if engine.dialect.name == "sqlite":
        database = Path(engine.url.database or "").resolve()  # However it is spelled.
        with Path(f"{database}.{purpose}.lock").open("w") as file:
            yield partial(_locks, file)
        return
    key = zlib.crc32(f"kinoteka {purpose}".encode())
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        try:
            yield lambda: bool(connection.scalar(select(func.pg_try_advisory_lock(key))))
        finally:
            connection.invalidate()  # The lock belongs to the connection, which must not be reused.


def _locks(file: TextIO) -> bool:
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True

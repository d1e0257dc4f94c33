"""Work on a database that one process at a time may do, wherever the others run."""

from __future__ import annotations

import fcntl
import time
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Engine, func, select

# How often a lock is tried that another process has.
_TRY_SECONDS = 0.1


@contextmanager
def alone(engine: Engine, purpose: str) -> Iterator[None]:
    """Let one process at a time do something to the database; the others wait, however long.

    On PostgreSQL the lock holds for all machines, on SQLite for the one that has the file. It ends
    with the process that holds it, however that ends.
    """
    if engine.dialect.name == "sqlite":
        with Path(f"{engine.url.database}.{purpose}.lock").open("w") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            yield
        return
    key = zlib.crc32(f"kinoteka {purpose}".encode())
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        # A statement that waited would hold a snapshot, and CREATE INDEX CONCURRENTLY, in a
        # migration of whoever has the lock, would wait for that one to end.
        while not connection.scalar(select(func.pg_try_advisory_lock(key))):
            time.sleep(_TRY_SECONDS)
        try:
            yield
        finally:
            connection.invalidate()  # The lock belongs to the connection, which must not be reused.

"""Locks between processes for work on one database."""

import time
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Engine

from helpers.database.engines import ENGINE_MODULES

_RETRY_SECONDS = 0.1


@contextmanager
def exclusive_lock(engine: Engine, purpose: str, *, wait: bool = True) -> Iterator[bool]:
    """Take the lock for a purpose, and yield whether this process has it.

    Waits without a limit, unless `wait` is False. On PostgreSQL the lock holds for all machines, on
    SQLite for the machine with the file. It ends with its process, however the process ends.
    """
    with ENGINE_MODULES[engine.dialect.name].try_lock(engine, purpose) as try_once:
        # Polls, because on PostgreSQL a statement that waits for the lock holds a snapshot, and
        # CREATE INDEX CONCURRENTLY, in a migration of the lock's holder, waits for all snapshots.
        while not (taken := try_once()) and wait:
            time.sleep(_RETRY_SECONDS)
        yield taken

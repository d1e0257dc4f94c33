"""Work on a database that one process at a time may do, wherever the others run."""

import time
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Engine

from helpers.database.engines import ENGINE_MODULES

_RETRY_SECONDS = 0.1


@contextmanager
def exclusive_lock(engine: Engine, purpose: str, *, wait: bool = True) -> Iterator[bool]:
    """Take the lock for a purpose, and yield whether this process has it.

    It waits for the lock without a limit, unless `wait` is False. On PostgreSQL the lock holds for
    all machines, on SQLite for the machine that has the file. The lock ends with the process that
    holds it, however the process ends.
    """
    with ENGINE_MODULES[engine.dialect.name].try_lock(engine, purpose) as try_once:
        # On PostgreSQL a statement that waited for the lock would hold a snapshot meanwhile, and
        # CREATE INDEX CONCURRENTLY, in a migration of the process that has the lock, would wait
        # for that snapshot to end.
        while not (taken := try_once()) and wait:
            time.sleep(_RETRY_SECONDS)
        yield taken

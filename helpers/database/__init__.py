"""Rib: what differs between database engines, and locks between processes.

`ENGINE_MODULES` maps the name of an engine to `sqlite` or `postgresql`, two modules with the same
functions. `ThreadSession` is the database session of a request. `fetch_all` reads small results
with less overhead than SQLAlchemy's cursor. `exclusive_lock` keeps two processes from preparing or
importing at the same time, `repair_of_search` finds triggers that a migration on SQLite has lost,
and `Snapshots` copies a database file that is in use. You can ignore the folder unless you work on
connections, timeouts, locks, imports or the laboratory: DAOs write SQL for both engines. No other
file compares engine names. On SQLite transactions wait for each other, where 61 of 375 failed in
spite of a busy timeout. A PostgreSQL server that hangs delays a request by 4.5 s at most.
"""

from helpers.database.engines import ENGINE_MODULES, EngineModule
from helpers.database.locks import exclusive_lock
from helpers.database.precompiled import Statement, fetch_all
from helpers.database.snapshots import Snapshots
from helpers.database.sqlite_search import repair_of_search
from helpers.database.thread_session import DatabaseSession, ThreadSession
from helpers.database.unusable import UnusableDatabase

__all__ = [
    "ENGINE_MODULES",
    "DatabaseSession",
    "EngineModule",
    "Snapshots",
    "Statement",
    "ThreadSession",
    "UnusableDatabase",
    "exclusive_lock",
    "fetch_all",
    "repair_of_search",
]

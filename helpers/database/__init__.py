"""What differs between database engines, and locks between processes.

`ENGINE_MODULES` gives the module of an engine, `sqlite` or `postgresql`, which offer the same
functions. `ThreadSession` is the database session of a request, and `fetch_all` reads small results
without what SQLAlchemy adds to the driver. `exclusive_lock` keeps two processes from preparing or
importing at once, `repair_of_search` finds what a migration on SQLite has lost, and `Snapshots` are
copies of a file that is in use. Ignore it unless you work on connections, timeouts, locks, imports
or the laboratory: DAOs write SQL for both engines. What it is worth: no other file compares the
names of engines; on SQLite transactions wait for each other, where 61 of 375 failed in spite of a
busy timeout; and a PostgreSQL that hangs holds up a request for 4.5 s, not without a limit.
"""

from helpers.database.engines import ENGINE_MODULES
from helpers.database.locks import exclusive_lock
from helpers.database.precompiled import Statement, fetch_all
from helpers.database.snapshots import Snapshots
from helpers.database.sqlite_search import repair_of_search
from helpers.database.thread_session import DatabaseSession, ThreadSession
from helpers.database.unusable import UnusableDatabase

__all__ = [
    "ENGINE_MODULES",
    "DatabaseSession",
    "Snapshots",
    "Statement",
    "ThreadSession",
    "UnusableDatabase",
    "exclusive_lock",
    "fetch_all",
    "repair_of_search",
]

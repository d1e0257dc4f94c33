"""Rib: imports, which stage a file in temporary tables, compare it and merge it in batches.

`StagingDAO` stages the rows of a file and finds the differences, `MergeDAO` adds and updates rows,
and `RemovalDAO` deletes rows that the file does not have, if the catalogue is to match the file.
`service/importing/` decides the order and the transactions. Code that imports nothing needs only
`IMPORTED_COLUMNS` and can ignore the rest. Additions and updates become visible at one moment, and
no writer waits for longer than a batch of 80 ms. A single transaction that adds a million films
would hold SQLite's write lock for a minute. The cost of an update depends on the differences, not
on the size of the catalogue: 6 µs for each changed rating on SQLite.
"""

from dao.importing.merge import MergeDAO
from dao.importing.removal import Others, RemovalDAO
from dao.importing.staging import Differences, StagingDAO
from dao.importing.tables import IMPORTED_COLUMNS

__all__ = ("IMPORTED_COLUMNS", "Differences", "MergeDAO", "Others", "RemovalDAO", "StagingDAO")

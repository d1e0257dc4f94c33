"""Imports: a catalogue is staged in temporary tables, compared with ours, and merged in batches.

StagingDAO takes what a file brings and finds what differs, MergeDAO adds and updates, RemovalDAO
takes away what the file does not have, if the catalogue is to be exactly the file, and
`service/importing/` decides in which order and in which transactions. Whoever reads or
writes anything but the catalogue may ignore this folder; only the names of the columns that an
import brings are of use elsewhere. It is worth its size because readers see an import at one moment
and writers never wait for it longer than for a batch of 80 ms, where one transaction that adds a
million films would hold SQLite's write lock for a minute, and because an update costs what differs
and not what there is: 6 µs for each changed rating on SQLite.
"""

from dao.importing.merge import MergeDAO
from dao.importing.removal import Others, RemovalDAO
from dao.importing.staging import Differences, StagingDAO
from dao.importing.tables import IMPORTED_COLUMNS

__all__ = ("IMPORTED_COLUMNS", "Differences", "MergeDAO", "Others", "RemovalDAO", "StagingDAO")

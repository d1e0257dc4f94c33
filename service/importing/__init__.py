"""Rib: imports of catalogues, all or nothing, while others go on reading and writing.

`ImportService` decides in which order a catalogue is staged, compared, merged and published, and
in which transactions; `Report` says what became of its rows. Whoever works on the API may ignore
this folder: only the commands that load a catalogue need it. It is worth its size because an import
of a million films never keeps another writer waiting for longer than a batch of 80 ms, and because
readers see it happen at one moment.
"""

from service.importing.report import Report
from service.importing.service import ImportService

__all__ = ["ImportService", "Report"]

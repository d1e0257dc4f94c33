"""Rib: imports of catalogues, all or nothing, while clients go on reading and writing.

`ImportService` decides the order in which a catalogue is staged, compared, merged and published,
and the transactions. `Report` counts what became of its rows. Only the commands that load a
catalogue use this folder, so work on the API can ignore it. During an import of a million films, no
other writer waits for longer than a batch of 80 ms, and readers see the result at one moment.
"""

from service.importing.report import Report
from service.importing.service import ImportService

__all__ = ["ImportService", "Report"]

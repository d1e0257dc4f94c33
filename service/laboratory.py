"""The laboratory's world, which is its data: resets to the seeded one, and snapshots."""

import re
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass

from helpers.database import Snapshots
from service.errors import Conflict, InvalidInput, NotFound

MAX_SNAPSHOTS = 20

# Returns a context during which no request runs. True means that the world is replaced: requests
# that arrive before the end of the context belong to the old one and are refused.
Exclusively = Callable[[bool], AbstractContextManager[None]]

_NAME = re.compile(r"[a-z0-9-]{1,40}")
_PREFIX = "snapshot-"  # Some systems reserve names, such as "con", for any extension.
SEEDED = "seeded"  # The world that the laboratory begins with.


@dataclass(frozen=True)
class LaboratoryService:
    _snapshots: Snapshots
    _exclusively: Exclusively

    def reset(self) -> None:
        """Restore the seeded world. The snapshots stay."""
        with self._exclusively(True):
            self._snapshots.restore(SEEDED)

    def names(self) -> list[str]:
        """Return the names of the snapshots in order."""
        files = self._snapshots.names()
        return [file.removeprefix(_PREFIX) for file in files if file != SEEDED]

    def save(self, name: str) -> bool:
        """Save the world under a name, and return whether the name is new.

        Raises InvalidInput for an invalid name, and Conflict if there are too many snapshots.
        """
        if not _NAME.fullmatch(name):
            raise InvalidInput({"name": ["Write 1 to 40 of the characters a-z, 0-9 and -."]})
        with self._exclusively(False):
            names = self.names()
            if name not in names and len(names) >= MAX_SNAPSHOTS:
                raise Conflict(f"There are {MAX_SNAPSHOTS} snapshots already. Delete one first.")
            self._snapshots.save(_PREFIX + name)
        return name not in names

    def restore(self, name: str) -> None:
        """Restore a snapshot.

        Raises NotFound, and Conflict if another version of Kinoteka has saved it.
        """
        with self._exclusively(True):
            self._check_exists(name)
            if not self._snapshots.fits(_PREFIX + name):
                raise Conflict("Another version of Kinoteka has made this snapshot.")
            self._snapshots.restore(_PREFIX + name)

    def delete(self, name: str) -> None:
        """Delete a snapshot. Raises NotFound."""
        with self._exclusively(False):
            self._check_exists(name)
            self._snapshots.delete(_PREFIX + name)

    def _check_exists(self, name: str) -> None:
        if name not in self.names():
            raise NotFound("There is no snapshot of this name.")

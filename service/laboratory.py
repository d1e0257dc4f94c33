"""The world of the laboratory: the seeded one, and snapshots of what it has become."""

import re
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass

from helpers.database import Snapshots
from service.errors import Conflict, InvalidInput, NotFound

MAX_SNAPSHOTS = 20

# While a context of it lasts, no request is under way, nor does any begin. With True as its
# argument the requests that have come before its end belong to a world that is gone.
Exclusively = Callable[[bool], AbstractContextManager[None]]

_NAME = re.compile(r"[a-z0-9-]{1,40}")
_PREFIX = "snapshot-"  # Some systems have no files of certain names, whatever follows the dot.
SEEDED = "seeded"  # The world that the laboratory begins with.


@dataclass(frozen=True)
class LaboratoryService:
    _snapshots: Snapshots
    _exclusively: Exclusively

    def reset(self) -> None:
        """Bring the seeded world back; the snapshots stay."""
        with self._exclusively(True):
            self._snapshots.restore(SEEDED)

    def names(self) -> list[str]:
        """Return the names of the snapshots, in their order."""
        files = self._snapshots.names()
        return [file.removeprefix(_PREFIX) for file in files if file != SEEDED]

    def save(self, name: str) -> bool:
        """Keep the world as it is now under a name, and return whether the name is a new one.

        Raises InvalidInput for what is no name, Conflict where there are too many.
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
        """Bring back what was saved under a name.

        Raises NotFound, and Conflict where another version has saved it.
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

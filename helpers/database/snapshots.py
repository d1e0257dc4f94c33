"""Snapshots of a SQLite database that is in use."""

import os
import sqlite3
from contextlib import closing
from pathlib import Path

from sqlalchemy import Engine


class Snapshots:
    """Saves and restores copies, in a folder beside the database. Names must be valid file names.

    SQLite copies all pages in one transaction. Open connections see the database as it was before,
    and then as it is after that transaction (https://sqlite.org/backup.html).
    """

    def __init__(self, engine: Engine) -> None:
        self._database = Path(engine.url.database or "")
        self._folder = self._database.with_suffix(".snapshots")

    def names(self) -> list[str]:
        """Return the names of all copies, sorted."""
        return sorted(path.stem for path in self._folder.glob("*.db"))

    def save(self, name: str) -> None:
        """Copy the database, replacing a copy of the same name."""
        self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        written = self._folder / f"{name}.part"  # So that a crash leaves no incomplete copy.
        os.close(os.open(written, os.O_CREAT | os.O_TRUNC | os.O_WRONLY, 0o600))
        _copy(_opened(self._database), written)
        written.replace(self._path(name))

    def restore(self, name: str) -> None:
        """Replace the content of the database by that of the copy."""
        _copy(_opened(self._path(name), is_copy=True), self._database)

    def delete(self, name: str) -> None:
        """Delete a copy."""
        self._path(name).unlink()

    def fits(self, name: str) -> bool:
        """Return whether a copy is at the same migration as the database."""
        copied = _version(_opened(self._path(name), is_copy=True))
        return copied == _version(_opened(self._database))

    def _path(self, name: str) -> Path:
        return self._folder / f"{name}.db"


def _opened(path: Path, *, is_copy: bool = False) -> sqlite3.Connection:
    """Open a database for reading. Raises sqlite3.OperationalError for a missing file.

    Copies are never written to, so SQLite puts no files beside them.
    """
    options = "mode=ro&immutable=1" if is_copy else "mode=ro"
    return sqlite3.connect(f"{path.resolve().as_uri()}?{options}", uri=True)


def _version(source: sqlite3.Connection) -> str:
    """Return the current migration of a database."""
    with closing(source):
        [(version,)] = source.execute("SELECT version_num FROM alembic_version")
        return str(version)


def _copy(source: sqlite3.Connection, target: Path) -> None:
    with closing(source), closing(sqlite3.connect(target)) as written:
        source.backup(written)

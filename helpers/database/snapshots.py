"""Copies of a SQLite database that others are using, made and brought back."""

import os
import sqlite3
from contextlib import closing
from pathlib import Path

from sqlalchemy import Engine


class Snapshots:
    """Copies by name, in a folder beside the database. A name must be fit for one of a file.

    Both ways SQLite copies all pages in one transaction, whichever connections are open: they see
    the database as it was, and then as it is (https://sqlite.org/backup.html).
    """

    def __init__(self, engine: Engine) -> None:
        self._database = Path(engine.url.database or "")
        self._folder = self._database.with_suffix(".snapshots")

    def names(self) -> list[str]:
        """Return the names of all copies, in their order."""
        return sorted(path.stem for path in self._folder.glob("*.db"))

    def save(self, name: str) -> None:
        """Copy the database as it is now; a copy of this name is replaced."""
        self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        written = self._folder / f"{name}.part"  # A crash leaves no half of a copy.
        os.close(os.open(written, os.O_CREAT | os.O_TRUNC | os.O_WRONLY, 0o600))
        _copy(_opened(self._database), written)
        written.replace(self._path(name))

    def restore(self, name: str) -> None:
        """Let the database be as it was when the copy was made."""
        _copy(_opened(self._path(name), is_copy=True), self._database)

    def delete(self, name: str) -> None:
        """Delete a copy."""
        self._path(name).unlink()

    def fits(self, name: str) -> bool:
        """Return whether a copy has the tables of today's version."""
        copied = _version(_opened(self._path(name), is_copy=True))
        return copied == _version(_opened(self._database))

    def _path(self, name: str) -> Path:
        return self._folder / f"{name}.db"


def _opened(path: Path, *, is_copy: bool = False) -> sqlite3.Connection:
    """Return a connection that reads. Raises sqlite3.OperationalError for a file that is missing.

    Nobody writes to a copy, so SQLite need not put files beside it.
    """
    options = "mode=ro&immutable=1" if is_copy else "mode=ro"
    return sqlite3.connect(f"{path.resolve().as_uri()}?{options}", uri=True)


def _version(source: sqlite3.Connection) -> str:
    """Return the migration that a database has come to."""
    with closing(source):
        [(version,)] = source.execute("SELECT version_num FROM alembic_version")
        return str(version)


def _copy(source: sqlite3.Connection, target: Path) -> None:
    with closing(source), closing(sqlite3.connect(target)) as written:
        source.backup(written)

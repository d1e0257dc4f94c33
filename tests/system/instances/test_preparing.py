"""Several instances that start at once on one database."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import flask_migrate
import pytest
from alembic.script import ScriptDirectory
from sqlalchemy import create_engine, text
from sqlalchemy.exc import SQLAlchemyError

from commands import DEMO_CATALOGUE
from helpers.database import exclusive_lock
from setup_db import db
from tests.dao.test_migrations import MIGRATIONS, bare_app, copied_migrations, tables
from tests.support.databases import ENGINES, Databases
from tests.support.servers import ROOT, environment

# What instances do before they start, and people who are careful.
COMMANDS = (["prepare"], ["db", "upgrade"]) * 2
DEMO_FILMS = DEMO_CATALOGUE.read_text("utf-8").count('"title":')


@pytest.fixture(params=ENGINES)
def url(request: pytest.FixtureRequest, databases: Databases) -> str:
    """The URL of an empty database."""
    return databases.new(request.param)


def run_at_once(url: str, folder: Path) -> list[tuple[int, str]]:
    """Run all commands at once; return their exit codes, and what those that failed have said."""
    processes, logs = [], [folder / f"{number}.log" for number in range(len(COMMANDS))]
    for arguments, log in zip(COMMANDS, logs, strict=True):
        command = [sys.executable, "-m", "flask", "--app", "app", *arguments]
        with log.open("wb") as output:
            processes.append(
                subprocess.Popen(
                    command, cwd=ROOT, env=environment(url), stdout=output, stderr=output
                )
            )
    try:
        codes = [process.wait(timeout=60) for process in processes]
    finally:
        for process in processes:
            process.kill()
            process.wait()
    return [(code, log.read_text() if code else "") for code, log in zip(codes, logs, strict=True)]


def value(url: str, query: str) -> object:
    engine = create_engine(url)
    with engine.connect() as connection:
        found: object = connection.scalar(text(query))
    engine.dispose()
    return found


def test_instances_that_start_at_once_all_find_the_database_prepared(
    url: str, tmp_path: Path
) -> None:
    assert run_at_once(url, tmp_path) == [(0, "")] * len(COMMANDS)
    head = ScriptDirectory(str(MIGRATIONS)).get_current_head()
    assert value(url, "SELECT version_num FROM alembic_version") == head
    assert value(url, "SELECT count(*) FROM movies") == DEMO_FILMS


def test_a_lock_ends_with_its_process(url: str) -> None:
    code = (
        "from app import create_app\n"
        "from helpers.database import exclusive_lock\n"
        "from setup_db import db\n"
        "with create_app().app_context(), exclusive_lock(db.engine, 'testing'):\n"
        "    print('mine', flush=True)\n"
        "    input()\n"
    )
    with subprocess.Popen(
        [sys.executable, "-c", code],
        cwd=ROOT,
        env=environment(url),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    ) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == b"mine\n"
        holder.kill()
    with bare_app(url).app_context():
        with exclusive_lock(db.engine, "testing") as taken:
            assert taken
        db.engine.dispose()


def test_a_migration_that_fails_changes_nothing(url: str, tmp_path: Path) -> None:
    broken = copied_migrations(
        tmp_path, "    op.execute('CREATE TABLE half (id INTEGER)')\n    op.execute('NONSENSE')\n"
    )
    with bare_app(url).app_context():
        with pytest.raises(SQLAlchemyError, match="NONSENSE"):
            flask_migrate.upgrade(str(broken))
        assert tables(db.engine) == set()
        db.engine.dispose()

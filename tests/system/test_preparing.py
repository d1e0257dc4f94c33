"""Several instances that start at the same time on one database."""

import subprocess
import sys
from contextlib import ExitStack
from pathlib import Path

import pytest
from alembic.script import ScriptDirectory
from sqlalchemy import create_engine, text

from commands.catalogue import DEMO_CATALOGUE
from helpers.database import exclusive_lock
from tests.dao.migrated import MIGRATIONS, empty_database
from tests.support.databases import ENGINES, Databases
from tests.support.processes import running
from tests.support.servers import ROOT, environment, flask

# The commands that instances run before they start, and that careful operators run.
COMMANDS = (["prepare"], ["db", "upgrade"], ["prepare"])
DEMO_MOVIES = DEMO_CATALOGUE.read_text("utf-8").count('"title":')


@pytest.fixture(params=ENGINES)
def url(request: pytest.FixtureRequest, databases: Databases) -> str:
    """The URL of an empty database."""
    return databases.new(request.param)


def test_instances_that_start_at_once_all_find_the_database_prepared(
    url: str, tmp_path: Path
) -> None:
    log = tmp_path / "log"
    with log.open("wb") as output, ExitStack() as stack:
        options = {"cwd": ROOT, "env": environment(url), "stdout": output, "stderr": output}
        runs = [running(flask(*command), **options) for command in COMMANDS]
        processes = [stack.enter_context(run) for run in runs]
        codes = [process.wait(timeout=60) for process in processes]
    assert codes == [0] * len(COMMANDS), log.read_text()
    engine = create_engine(url)
    with engine.connect() as connection:
        [version] = connection.scalars(text("SELECT version_num FROM alembic_version"))
        assert version == ScriptDirectory(str(MIGRATIONS)).get_current_head()
        assert connection.scalar(text("SELECT count(*) FROM movies")) == DEMO_MOVIES
    engine.dispose()


def test_a_lock_ends_with_its_process(url: str) -> None:
    code = (
        "from app import create_app\n"
        "from helpers.database import exclusive_lock\n"
        "from setup_db import db\n"
        "with create_app().app_context(), exclusive_lock(db.engine, 'testing'):\n"
        "    print('mine', flush=True)\n"
        "    input()\n"
    )
    pipe, command = subprocess.PIPE, [sys.executable, "-c", code]
    with running(command, cwd=ROOT, env=environment(url), stdin=pipe, stdout=pipe) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == b"mine\n"
        holder.kill()
    with empty_database(url) as engine, exclusive_lock(engine, "testing") as taken:
        assert taken

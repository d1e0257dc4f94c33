"""Everything that a test run has started ends with it, even if the run is killed."""

import subprocess
import sys
from contextlib import suppress
from pathlib import Path

import pytest

from tests.support.processes import running
from tests.support.servers import ROOT
from tests.support.waiting import wait_for

RUN = """
from pathlib import Path
from sys import argv
from tests.support.databases import databases
from tests.support.servers import serve
with databases() as made, serve(made.new("postgresql"), Path(argv[1])):
    print(flush=True)
    input()
"""


@pytest.mark.skipif(not Path("/proc/self").exists(), reason="It looks into /proc.")
def test_nothing_is_left_of_a_run_that_was_killed(tmp_path: Path) -> None:
    command = [sys.executable, "-c", RUN, str(tmp_path / "log")]
    pipe = subprocess.PIPE
    env = {"TMPDIR": str(tmp_path), "PATH": "/usr/bin:/bin"}
    tmp_path.chmod(0o755)  # As root, PostgreSQL runs as another user.
    with running(command, cwd=ROOT, env=env, stdin=pipe, stdout=pipe) as run:
        assert run.stdout is not None
        assert run.stdout.readline() == b"\n"
        assert processes_with(tmp_path) != []
        run.kill()
    wait_for(lambda: processes_with(tmp_path) == [])
    wait_for(lambda: [path.name for path in tmp_path.iterdir()] == ["log"])


def processes_with(folder: Path) -> list[Path]:
    """Return the /proc files of processes with the folder in their environment or arguments."""
    known = [*Path("/proc").glob("[0-9]*/cmdline"), *Path("/proc").glob("[0-9]*/environ")]
    return [path for path in known if str(folder).encode() in content(path)]


def content(path: Path) -> bytes:
    with suppress(OSError):
        return path.read_bytes()
    return b""

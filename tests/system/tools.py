"""Generators and other tools with many dependencies."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

PASSWORD = "a long sentence is a good one"
SECONDS = 300

# With `CI=true`, a missing Node.js or registry is a failure.
IN_CI = os.environ.get("CI") == "true"


def run(folder: Path, *command: str | Path, check: bool = True) -> subprocess.CompletedProcess[str]:
    """Run a command in a folder. The test fails if the command does."""
    # Generated code is imported from the folder, and formatted by programs beside Python's.
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
    done = subprocess.run(
        list(map(str, command)),
        cwd=folder,
        env={**os.environ, "PATH": path, "PYTHONPATH": str(folder), "PYTHONIOENCODING": "utf-8"},
        check=False,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
        timeout=SECONDS,
    )
    assert done.returncode == 0 or not check, done.stdout + done.stderr
    return done


def install(folder: Path, source: Path, *names: str) -> Path:
    """Install the package.json of `source`, copy these files, and return the folder of programs."""
    if not IN_CI and shutil.which("npm") is None:
        pytest.skip("This needs Node.js.")
    for name in ("package.json", "package-lock.json", *names):
        shutil.copy(source / name, folder)
    options = ("--ignore-scripts", "--no-audit", "--no-fund", "--prefer-offline")
    if run(folder, "npm", "ci", *options, check=IN_CI).returncode != 0:
        pytest.skip("The packages could not be installed.")
    return folder / "node_modules" / ".bin"

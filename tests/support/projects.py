"""Copies of the project, to start with `./dev` as a newcomer would."""

import hashlib
import os
import shutil
import site
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx

from tests.support.ports import free_port
from tests.support.servers import ROOT, Server, listening

LEFT_OUT = (".*", "tests", "docs", "benchmarks", "instance", "__pycache__")


def copy_project(folder: Path) -> None:
    """Copy the project, with a virtual environment that uses the installed packages."""
    shutil.copytree(ROOT, folder, ignore=shutil.ignore_patterns(*LEFT_OUT))
    venv = folder / ".venv"
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", str(venv)], check=True)
    packages = venv / "lib" / f"python3.{sys.version_info.minor}" / "site-packages"
    (packages / "packages.pth").write_text("\n".join(site.getsitepackages()))
    wanted = (folder / "requirements.txt").read_bytes() + sys.version.encode()
    (venv / "requirements.txt.stamp").write_text(hashlib.sha256(wanted).hexdigest())
    (venv / "python").write_text(sys.version)


@contextmanager
def started(
    project: Path, tmp_path: Path, command: str = "run", **settings: str
) -> Iterator[Server]:
    """A server that `./dev` starts in a folder whose files could shadow Python modules."""
    for name in ("random.py", "flask.py", "config.py", "typing.py"):
        (tmp_path / name).write_text("raise SystemExit('the wrong one')")
    env = {name: os.environ[name] for name in ("HOME", "PATH") if name in os.environ} | settings
    dev = [sys.executable, str(project / "dev"), command]
    with listening(dev, free_port(), tmp_path / "log", env, tmp_path) as server:
        yield server


def refusal(project: Path, tmp_path: Path, command: str = "run", **settings: str) -> str:
    """Return the one-line message of a start that fails with exit code 1."""
    with started(project, tmp_path, command, **settings) as server:
        assert server.process.wait(30) == 1
    told = server.log.read_text()
    assert told.count("\n") == 1
    return told


def is_served(server: Server) -> bool:
    assert server.process.poll() is None, server.log.read_text()
    try:
        return httpx.get(f"{server.url}/health/ready/").is_success
    except httpx.TransportError:
        return False

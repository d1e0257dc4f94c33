"""`./dev run` starts wherever the project lies, and whatever lies where it is started."""

from __future__ import annotations

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
import pytest

from tests.support.ports import free_port
from tests.support.servers import ROOT, Server, listening
from tests.support.waiting import wait_for

ODD = """a?b 100% "Кино" 'é' #1 & $HOME"""
LEFT_OUT = (".*", "tests", "docs", "benchmarks", "instance", "__pycache__")


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the project with an environment that finds the packages of this one."""
    folder = tmp_path_factory.mktemp("odd") / ODD
    shutil.copytree(ROOT, folder, ignore=shutil.ignore_patterns(*LEFT_OUT))
    venv = folder / ".venv"
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", str(venv)], check=True)
    packages = venv / "lib" / f"python3.{sys.version_info.minor}" / "site-packages"
    (packages / "packages.pth").write_text("\n".join(site.getsitepackages()))
    wanted = (folder / "requirements.txt").read_bytes() + sys.version.encode()
    (venv / "requirements.txt.stamp").write_text(hashlib.sha256(wanted).hexdigest())
    (venv / "python").write_text(sys.version)
    return folder


@contextmanager
def started(project: Path, tmp_path: Path, **settings: str) -> Iterator[Server]:
    """The server as a newcomer starts it, in a folder with files that Python could take."""
    for name in ("random.py", "flask.py", "config.py", "typing.py"):
        (tmp_path / name).write_text("raise SystemExit('the wrong one')")
    env = {name: os.environ[name] for name in ("HOME", "PATH") if name in os.environ}
    command = [sys.executable, str(project / "dev"), "run"]
    with listening(command, free_port(), tmp_path / "log", {**env, **settings}, tmp_path) as server:
        yield server


def is_served(server: Server) -> bool:
    assert server.process.poll() is None, server.log.read_text()
    try:
        return httpx.get(f"{server.url}/movies/1/").is_success
    except httpx.TransportError:
        return False


@pytest.mark.parametrize("safe_path", ["", "1"])
def test_starts_in_a_folder_with_any_name(project: Path, tmp_path: Path, safe_path: str) -> None:
    with started(project, tmp_path, PYTHONSAFEPATH=safe_path) as server:
        wait_for(lambda: is_served(server), 30)
    instance = project / "instance"
    files = {path.name: path.stat().st_mode & 0o777 for path in instance.iterdir()}
    assert files["kinoteka.db"] == files["secret_key"] == 0o600
    assert instance.stat().st_mode & 0o777 == 0o700
    assert {path.name for path in tmp_path.iterdir()} >= {"log", "random.py"}
    assert list(tmp_path.glob("*.db")) == []


@pytest.mark.parametrize(
    ("settings", "sentence"),
    [
        ({"WORKERS": "0"}, "WORKERS must be a whole number from 1 to"),
        ({"ACCESS_TOKEN_SECONDS": "soon"}, "ACCESS_TOKEN_SECONDS must be a whole number"),
        ({"DATABASE_URL": "postgresql://me:se/cr@et@host/films"}, "DATABASE_URL cannot be read"),
        ({"DATABASE_URL": "postgres://me:secret@host/films"}, "write postgresql:// instead"),
    ],
    ids=str,
)
def test_a_wrong_setting_is_told_in_a_sentence_before_anything_starts(
    project: Path, tmp_path: Path, settings: dict[str, str], sentence: str
) -> None:
    with started(project, tmp_path, **settings) as server:
        assert server.process.wait(30) == 1
    told = server.log.read_text()
    assert sentence in told
    assert told.count("\n") == 1
    for secret in ("secret", "cr@et", "se/cr"):
        assert secret not in told

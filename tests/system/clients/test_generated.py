"""Clients that generators make of the OpenAPI document work with a live server."""

from __future__ import annotations

import json
import os
import secrets
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.support.servers import Server

HERE = Path(__file__).parent
PASSWORD = "a long sentence is a good one"
SECONDS = 120

# Of the TypeScript program, beside what it is made with: package-lock.json has the exact versions.
TYPESCRIPT = ("package.json", "package-lock.json", "tsconfig.json", "program.ts")

# Where nothing may be left out, a missing Node.js or registry is a failure.
IN_CI = os.environ.get("CI") == "true"


@pytest.fixture
def folder() -> Iterator[Path]:
    """A folder that is gone at once, for the packages of Node.js are large."""
    with tempfile.TemporaryDirectory(prefix="kinoteka-client-") as name:
        yield Path(name)


@pytest.fixture
def email() -> str:
    return f"{secrets.token_hex(8)}@example.com"


@pytest.fixture
def expected(server: Server, email: str) -> dict[str, Any]:
    """What either program prints."""
    best = f"{server.url}/movies/?page=1&per_page=3&sort=rating"
    films = httpx.get(best).raise_for_status().json()
    return {
        "films": [film["title"] for film in films],
        "total": "80",
        "ofGenre": [films[0]["genre"]["name"]],
        "again": 304,
        "mistake": ["Must be greater than or equal to 1."],
        "byForm": True,
        "isFavorite": True,
        "favorites": [films[0]["title"]],
        "user": [email, "Анна", None],
        "goodbye": 204,
        "refusal": "The token is not valid, or its session has ended.",
    }


def run(folder: Path, *command: str, check: bool = True) -> subprocess.CompletedProcess[str]:
    """Run a command in a folder; if it fails, the test does."""
    # The generator looks on the path for what formats its code.
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
    done = subprocess.run(
        command,
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


def test_python(server: Server, email: str, expected: dict[str, Any], folder: Path) -> None:
    run(
        folder,
        *(sys.executable, "-m", "openapi_python_client", "generate", "--fail-on-warning"),
        *("--url", f"{server.url}/openapi.json", "--meta", "none"),
    )
    program = str(HERE / "program.py")
    shown = run(folder, sys.executable, program, server.url, email, PASSWORD).stdout
    assert json.loads(shown) == expected


@pytest.mark.long
def test_typescript(server: Server, email: str, expected: dict[str, Any], folder: Path) -> None:
    if not IN_CI and shutil.which("npm") is None:
        pytest.skip("This needs Node.js.")
    for name in TYPESCRIPT:
        shutil.copy(HERE / name, folder)
    options = ("--ignore-scripts", "--no-audit", "--no-fund", "--prefer-offline")
    if run(folder, "npm", "ci", *options, check=IN_CI).returncode != 0:
        pytest.skip("The packages could not be installed.")
    tools = folder / "node_modules" / ".bin"
    run(folder, str(tools / "openapi-typescript"), f"{server.url}/openapi.json", "-o", "api.d.ts")
    run(folder, str(tools / "tsc"))
    shown = run(folder, "node", "program.js", server.url, email, PASSWORD).stdout
    assert json.loads(shown) == expected

"""The steps of the Dockerfile, run in an empty folder without a container engine."""

import json
import os
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from fnmatch import fnmatch
from pathlib import Path

import pytest

from tests.contract.client import Api
from tests.support.ports import free_port
from tests.support.servers import ROOT, SECRET_KEY, START_SECONDS, Server, listening
from tests.support.waiting import wait_for

# Folders with programs that a server does not need.
NOT_SERVING = {"benchmarks", "grader", "tests"}


@dataclass
class Image:
    """A folder in place of the image's file system, and the environment of its processes."""

    folder: Path
    settings: dict[str, str] = field(default_factory=dict)
    health: list[str] = field(default_factory=list)
    command: list[str] = field(default_factory=list)

    def build(self) -> None:
        """Run the steps of the Dockerfile. FROM is a virtual environment, USER the current user."""
        subprocess.run([sys.executable, "-m", "venv", self.folder / "python"], check=True)
        self.work.mkdir()
        text = (ROOT / "Dockerfile").read_text("utf-8").replace("\\\n", " ")
        for line in text.replace("10001", str(os.getuid())).splitlines():
            step, _, rest = line.partition(" ")
            match step:
                case "COPY":
                    source, target = rest.split()
                    assert target == "./"
                    for name in copied() if source == "." else [source]:
                        self._copy(name)
                case "RUN":
                    command = ["/bin/sh", "-c", rest]
                    subprocess.run(command, cwd=self.work, env=self.env(), check=True)
                case "ENV":
                    self.settings.update(item.partition("=")[::2] for item in shlex.split(rest))
                case "HEALTHCHECK":
                    self.health = json.loads(rest.partition("CMD ")[2])
                case "CMD":
                    self.command = json.loads(rest)
                case _:
                    assert re.match(r"(FROM|WORKDIR|USER|EXPOSE) |#|$", line), line

    @property
    def work(self) -> Path:
        return self.folder / "app"

    def env(self) -> dict[str, str]:
        path = f"{self.folder / 'python' / 'bin'}:/usr/bin:/bin"
        home = {key: value for key, value in os.environ.items() if "PIP" in key or key == "HOME"}
        # The image has no compiler.
        return {**home, "PIP_ONLY_BINARY": ":all:", "PATH": path, **self.settings}

    def _copy(self, name: str) -> None:
        if (ROOT / name).is_dir():
            caches = shutil.ignore_patterns("__pycache__")
            shutil.copytree(ROOT / name, self.work / name, ignore=caches)
        else:
            shutil.copy(ROOT / name, self.work)


def copied() -> set[str]:
    """Return the names at the top of the project that .dockerignore lets into an image."""
    names: set[str] = set()
    for rule in (ROOT / ".dockerignore").read_text("utf-8").splitlines():
        pattern = rule.removeprefix("!").rstrip("/")
        fitting = {path.name for path in ROOT.iterdir() if fnmatch(path.name, pattern)}
        names = names | fitting if rule.startswith("!") else names - fitting
    return names


@pytest.fixture(scope="module")
def image(tmp_path_factory: pytest.TempPathFactory) -> Image:
    made = Image(tmp_path_factory.mktemp("image"))
    made.build()
    return made


@pytest.fixture(scope="module")
def container(image: Image) -> Iterator[Server]:
    """Run the image's command with SQLite on a free port."""
    port, log = free_port(), image.folder / "log"
    env = {**image.env(), "SECRET_KEY": SECRET_KEY}
    with listening(image.command, port, log, env, cwd=image.work) as server:
        wait_for(lambda: is_healthy(image, server), START_SECONDS)
        yield server


def is_healthy(image: Image, server: Server) -> bool:
    """Return the result of the image's health check."""
    command = [part.replace("http://127.0.0.1:25000", server.url) for part in image.health]
    assert command != image.health
    done = subprocess.run(command, check=False, env=image.env(), capture_output=True)
    return done.returncode == 0


def test_the_image_has_what_runs_and_nothing_else() -> None:
    command = ["git", "ls-files"]
    listed = subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    tracked = [Path(name) for name in listed.stdout.decode().splitlines()]
    programs = {path.parts[0] for path in tracked if path.suffix == ".py"}
    assert copied() == programs - NOT_SERVING | {"data", "requirements.txt"}


@pytest.mark.long
def test_a_container_serves_when_it_says_that_it_is_healthy(container: Server) -> None:
    with Api(container.url) as api:
        assert len(api.get("/movies/", params={"page": 1}).raise_for_status().json()) == 12


@pytest.mark.long
def test_a_container_stops_on_sigterm_and_is_no_longer_healthy(
    image: Image, container: Server
) -> None:
    """The server is the container's first process, so the signal reaches it."""
    container.process.terminate()
    assert container.process.wait(timeout=30) == 0
    assert not is_healthy(image, container)

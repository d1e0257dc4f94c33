"""A full disk, for the database and for responses that are too long for memory."""

import os
import shutil
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest

from tests.contract.client import Account, Api, a_password, an_email
from tests.support.catalogues import write_catalogue
from tests.support.servers import Server, run_flask
from tests.system.conftest import Start
from tests.system.requests import Call, assert_refused, assert_served, reads, send

MOVIES = 500
TEXT = "x" * 1000
DISK_BYTES = 8 * 1024 * 1024

# Runs a command with a tmpfs that only its processes see and that ends with them.
IN_A_SMALL_DISK = 'mount -t tmpfs -o size="$1" none "$2" && cp "$3" "$2" && shift 3 && exec "$@"'


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The mount point of the small disk."""
    return tmp_path_factory.mktemp("disk")


@pytest.fixture(scope="module")
def server(start: Start, database_url: str, folder: Path) -> Server:
    """A server whose database and temporary files are on the small disk."""
    films = write_catalogue(folder / "many.json", MOVIES, description=TEXT)
    run_flask(database_url, "load-catalogue", films)
    file = Path(database_url.removeprefix("sqlite:///"))
    user = [] if os.geteuid() == 0 else ["--user", "--map-root-user"]
    before = ["unshare", "--mount", *user, "sh", "-c", IN_A_SMALL_DISK, "sh"]
    before += [str(DISK_BYTES), str(folder), str(file)]
    return start(f"sqlite:///{folder / file.name}", before=before, TMPDIR=str(folder))


@pytest.fixture
def changing(api: Api) -> dict[str, Call]:
    """Requests that write."""
    account = api.new_account()
    name = {"name": "Somebody else"}
    return {
        "registering": partial(api.register, an_email(), a_password()),
        "signing in": partial(api.log_in, account.email, account.password),
        "refreshing": partial(api.refresh, account.tokens),
        "a favorite": partial(api.post, "/favorites/movies/2/", headers=account.headers),
        "another name": partial(api.patch, "/user/", json=name, headers=account.headers),
    }


@pytest.fixture
def ballast(server: Server, folder: Path, api: Api) -> Iterator[Path]:
    """A file that fills the disk, created after every kind of request has succeeded.

    That includes a list that is too long for memory, since Python chooses the folder of temporary
    files only once.
    """
    assert_served({"list": api.get("/movies/")})
    disk = Path(f"/proc/{server.process.pid}/root{folder}")  # It is not mounted here.
    path = disk / "ballast"
    with path.open("wb", buffering=0) as file:
        for size in (64 * 1024, 1024, 1):
            try:
                while True:
                    file.write(b"x" * size)
            except OSError:
                continue
    assert shutil.disk_usage(disk).free == 0
    yield path
    path.unlink(missing_ok=True)


def test_who_writes_is_refused_until_there_is_room(
    api: Api, account: Account, changing: dict[str, Call], ballast: Path
) -> None:
    reading = reads(api, account)
    assert_refused(send(changing))
    assert_served(send(reading))
    ballast.unlink()
    assert_served(send({**changing, **reading}))


def test_a_long_list_is_refused_until_there_is_room(api: Api, ballast: Path) -> None:
    assert_refused({"list": api.get("/movies/?sort=title")})
    assert_served({"page": api.get("/movies/?sort=title&page=1")})
    ballast.unlink()
    films = api.get("/movies/?sort=title").raise_for_status().json()
    assert sum(film["description"] == TEXT for film in films) == MOVIES

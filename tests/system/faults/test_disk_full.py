"""A disk without room, under the database and under answers that are too long for memory."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest

from tests.contract.client import Account, Api, a_password, an_address
from tests.support.servers import prepare, serve
from tests.system.faults.catalogues import DESCRIPTION_LENGTH, load_films
from tests.system.faults.client import (
    Call,
    ask_at_once,
    assert_refused,
    assert_served,
    client_of,
    reads,
)

FILMS = 500
DISK_BYTES = 8 * 1024 * 1024

# A file system of memory that only the server sees, and that ends with it.
IN_A_SMALL_DISK = 'mount -t tmpfs -o size="$1" none "$2" && cp "$3" "$2" && shift 3 && exec "$@"'


@pytest.fixture(scope="module")
def disk(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the small disk is, for the server."""
    return tmp_path_factory.mktemp("disk")


@pytest.fixture(scope="module")
def full(tmp_path_factory: pytest.TempPathFactory, disk: Path) -> Iterator[tuple[Api, Path]]:
    """A server whose database and temporary files are on a small disk, and its way to there."""
    folder = tmp_path_factory.mktemp("prepared")
    database = folder / "kinoteka.db"
    prepare(f"sqlite:///{database}")
    load_films(f"sqlite:///{database}", FILMS, folder)
    user = [] if os.geteuid() == 0 else ["--user", "--map-root-user"]
    before = ["unshare", "--mount", *user, "sh", "-c", IN_A_SMALL_DISK, "sh"]
    before += [str(DISK_BYTES), str(disk), str(database)]
    url = f"sqlite:///{disk / database.name}"
    with (
        serve(url, folder / "log", before=before, TMPDIR=str(disk)) as server,
        client_of(server) as client,
    ):
        yield client, Path(f"/proc/{server.process.pid}/root{disk}")


@pytest.fixture
def api(full: tuple[Api, Path]) -> Api:
    return full[0]


@pytest.fixture
def account(api: Api) -> Account:
    return api.new_account()


@pytest.fixture
def reading(api: Api, account: Account) -> dict[str, Call]:
    return reads(api, account)


@pytest.fixture
def changing(api: Api, account: Account) -> dict[str, Call]:
    """Requests that cannot be served without writing."""
    name = {"name": "Somebody else"}
    return {
        "registering": partial(api.register, an_address(), a_password()),
        "signing in": partial(api.log_in, account.email, account.password),
        "refreshing": partial(api.refresh, account.tokens),
        "a favorite": partial(api.post, "/favorites/movies/2/", headers=account.headers),
        "another name": partial(api.patch, "/user/", json=name, headers=account.headers),
    }


@pytest.fixture
def ballast(full: tuple[Api, Path], reading: dict[str, Call]) -> Iterator[Path]:
    """A file that takes all the room that there is, after everything has worked.

    That includes a list that is too long for memory: Python chooses the folder of its temporary
    files once.
    """
    assert_served(ask_at_once({**reading, "list": partial(full[0].get, "/movies/")}))
    path = full[1] / "ballast"
    with path.open("wb", buffering=0) as file:
        for size in (64 * 1024, 1024, 1):
            try:
                while True:
                    file.write(b"x" * size)
            except OSError:
                continue
    assert shutil.disk_usage(full[1]).free == 0
    yield path
    path.unlink(missing_ok=True)


def test_who_writes_is_refused_until_there_is_room(
    changing: dict[str, Call], reading: dict[str, Call], ballast: Path
) -> None:
    assert_refused(ask_at_once(changing))
    assert_served(ask_at_once(reading))
    ballast.unlink()
    assert_served(ask_at_once({**changing, **reading}))


def test_a_long_list_is_refused_until_there_is_room(api: Api, ballast: Path) -> None:
    assert_refused({"list": api.get("/movies/?sort=title")})
    assert_served({"page": api.get("/movies/?sort=title&page=1")})
    ballast.unlink()
    films = api.get("/movies/?sort=title").raise_for_status().json()
    assert sum(film["description"] == "x" * DESCRIPTION_LENGTH for film in films) == FILMS

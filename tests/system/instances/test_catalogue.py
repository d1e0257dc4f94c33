"""A catalogue that a third process imports shows at all instances."""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
import time
from collections import defaultdict
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Event

import httpx
import pytest

from tests.contract.client import Api
from tests.support.servers import ROOT, environment

FILMS = 30
SHOWN_SECONDS = 1.0
# Between two looks of a reader, so that the import gets some of the processor.
READ_SECONDS = 0.02
GENRE = "Known to two instances"


class Catalogue:
    """Films of which all titles tell the edition of the file that they came from."""

    def __init__(self, database_url: str, file: Path) -> None:
        self._database_url = database_url
        self._file = file
        self._edition = 0

    def import_next(self) -> str:
        """Import an edition that no instance knows yet, and return its name."""
        self._edition += 1
        edition = f"edition {self._edition}"
        films = [
            {"id": i, "title": f"{i}: {edition}", "year": 2001, "genre_id": 1, "director_id": 1}
            for i in range(FILMS)
        ]
        catalogue = {
            "source": "instances",
            "genres": [{"id": 1, "name": GENRE}],
            "directors": [{"id": 1, "name": GENRE}],
            "movies": films,
        }
        self._file.write_text(json.dumps(catalogue), "utf-8")
        subprocess.run(
            [sys.executable, "-m", "flask", "--app", "app", "load-catalogue", str(self._file)],
            cwd=ROOT,
            env=environment(self._database_url),
            check=True,
            capture_output=True,
        )
        return edition


@pytest.fixture(scope="module")
def catalogue(database_url: str, tmp_path_factory: pytest.TempPathFactory) -> Catalogue:
    made = Catalogue(database_url, tmp_path_factory.mktemp("catalogue") / "films.json")
    made.import_next()
    return made


@pytest.fixture(scope="module")
def paths(catalogue: Catalogue, one: Api) -> list[str]:
    """The imported films as a whole list and as a page."""
    # Their genre shows with the edition that the fixture has imported.
    ends = time.monotonic() + 10 * SHOWN_SECONDS
    while time.monotonic() < ends:
        for genre in one.whole("/genres/"):
            if genre["name"] == GENRE:
                whole = f"/movies/?genre_id={genre['id']}"
                return [whole, f"{whole}&page=2"]
    raise AssertionError("The genre does not show.")


def editions(answer: httpx.Response) -> set[str]:
    return {film["title"].partition(": ")[2] for film in answer.raise_for_status().json()}


def test_an_import_shows_at_all_instances_within_a_second(
    one: Api, other: Api, catalogue: Catalogue, paths: list[str]
) -> None:
    before = {(api, path): api.get(path).headers["ETag"] for api in (one, other) for path in paths}
    edition = catalogue.import_next()
    imported = time.monotonic()
    late, now = set(before), imported
    while late and now < imported + 10 * SHOWN_SECONDS:
        now = time.monotonic()
        late = {(api, path) for api, path in late if editions(api.get(path)) != {edition}}
    assert late == set()
    assert now - imported <= SHOWN_SECONDS
    for (api, path), known in before.items():
        answer = api.get(path, headers={"If-None-Match": known})
        assert (answer.status_code, editions(answer)) == (200, {edition})


def test_an_answer_of_one_instance_is_not_sent_again_by_the_other(
    one: Api, other: Api, paths: list[str]
) -> None:
    """A tag is the same at both, so a proxy in front may ask either."""
    known = one.get(paths[0]).headers["ETag"]
    assert other.get(paths[0], headers={"If-None-Match": known}).status_code == 304


def test_no_tag_stands_for_two_bodies_and_no_body_mixes_editions(
    one: Api, other: Api, catalogue: Catalogue, paths: list[str]
) -> None:
    """Readers at both instances while two editions are imported, until they have seen the last."""
    mixed: list[set[str]] = []
    bodies: dict[tuple[str, str], set[str]] = defaultdict(set)
    imported: list[str] = []
    done = Event()

    def read(api: Api, path: str) -> set[str]:
        seen: set[str] = set()
        ends = None
        with Api(str(api.base_url)) as reader:
            while not done.wait(READ_SECONDS) or imported[-1] not in seen:
                answer = reader.get(path)
                shown = editions(answer)
                seen |= shown
                bodies[path, answer.headers["ETag"]].add(hashlib.sha256(answer.content).hexdigest())
                if len(shown) != 1:
                    mixed.append(shown)
                if done.is_set():
                    ends = ends or time.monotonic() + 10 * SHOWN_SECONDS
                    assert time.monotonic() < ends, "The last edition does not show."
        return seen

    with ThreadPoolExecutor(4) as pool:
        readers = [pool.submit(read, api, path) for api in (one, other) for path in paths]
        try:
            imported += [catalogue.import_next(), catalogue.import_next()]
        finally:
            done.set()
        assert all(imported[-1] in reader.result() for reader in readers)
    assert mixed == []
    assert {tag: digests for tag, digests in bodies.items() if len(digests) > 1} == {}

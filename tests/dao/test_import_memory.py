import tracemalloc
from pathlib import Path

import pytest
from sqlalchemy import Engine

from helpers.catalogue import DEFAULT_KINDS, open_catalogue
from tests.dao.importing import importer, quietly
from tests.support.imdb_files import NULL, a_person, a_title, folder


def peak(engine: Engine, path: Path, films: int) -> int:
    """Return the peak memory, in bytes, of reading and comparing this number of films."""
    people = [f"nm{number:07d}" for number in range(100)]
    ids = [f"tt{number:07d}" for number in range(films)]
    folder(
        path,
        (a_title(tconst, title=f"A title that differs from others {tconst}") for tconst in ids),
        crew=([tconst, people[number % 100], NULL] for number, tconst in enumerate(ids)),
        ratings=([tconst, "7.5", "100"] for tconst in ids),
        names=map(a_person, people),
    )
    with importer(engine) as imports:
        tracemalloc.start()
        try:
            with open_catalogue(path, DEFAULT_KINDS, quietly) as catalogue:
                assert imports.compare(catalogue, quietly).added == films
            return tracemalloc.get_traced_memory()[1]
        finally:
            tracemalloc.stop()


@pytest.mark.usefixtures("session")
@pytest.mark.parametrize("app", ["sqlite"], indirect=True)
def test_memory_does_not_grow_with_the_films(engine: Engine, tmp_path: Path) -> None:
    peak(engine, tmp_path / "first", 100)  # Warm up what is made only once.
    some = peak(engine, tmp_path / "some", 1_500)
    # The ids and titles alone of four times as many films would nearly double it.
    assert peak(engine, tmp_path / "more", 6_000) < some * 1.25

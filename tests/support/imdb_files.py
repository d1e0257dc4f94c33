"""Folders of IMDb data files. A test names only the rows and columns that matter to it."""

import gzip
from collections.abc import Iterable
from pathlib import Path

HEADERS = {
    "title.basics": (
        "tconst titleType primaryTitle originalTitle isAdult "
        "startYear endYear runtimeMinutes genres"
    ),
    "title.crew": "tconst directors writers",
    "title.ratings": "tconst averageRating numVotes",
    "name.basics": "nconst primaryName birthYear deathYear primaryProfession knownForTitles",
}
NULL = r"\N"


def a_title(tconst: str = "tt0000001", **columns: str) -> list[str]:
    """A row of title.basics."""
    row = {
        "tconst": tconst,
        "kind": "movie",
        "title": "Solaris",
        "original": "Solyaris",
        "adult": "0",
        "year": "1972",
        "end": NULL,
        "minutes": "167",
        "genres": "Drama,Sci-Fi",
    }
    return list({**row, **columns}.values())


def a_person(nconst: str = "nm0000001", name: str = "Andrei Tarkovsky") -> list[str]:
    """A row of name.basics."""
    return [nconst, name, "1932", "1986", "director,writer", "tt0000001"]


def folder(
    path: Path,
    titles: Iterable[list[str]],
    *,
    crew: Iterable[list[str]] = (),
    ratings: Iterable[list[str]] = (),
    names: Iterable[list[str]] = (),
    packed: bool = False,
) -> Path:
    """Write all four files of a folder, and return the folder."""
    path.mkdir(exist_ok=True)
    for name, rows in (
        ("title.basics", titles),
        ("title.crew", crew),
        ("title.ratings", ratings),
        ("name.basics", names),
    ):
        lines = ["\t".join(row) for row in (HEADERS[name].split(), *rows)]
        write(path, name, "".join(f"{line}\n" for line in lines).encode(), packed=packed)
    return path


def write(path: Path, name: str, content: bytes, *, packed: bool = False) -> None:
    """Write one file of a folder with this content."""
    if packed:
        (path / f"{name}.tsv.gz").write_bytes(gzip.compress(content))
    else:
        (path / f"{name}.tsv").write_bytes(content)


def many(path: Path, number: int, *, rating: str = "7.5", title: str = "Film") -> Path:
    """Write a folder of films by a tenth as many directors."""
    directors = max(number // 10, 1)
    return folder(
        path,
        titles=[
            a_title(f"tt{film:07d}", title=f"{title} {film}", year=str(1900 + film % 120))
            for film in range(number)
        ],
        crew=[[f"tt{film:07d}", f"nm{film % directors:07d}", NULL] for film in range(number)],
        ratings=[[f"tt{film:07d}", rating, "100"] for film in range(number)],
        names=[a_person(f"nm{person:07d}", f"Person {person}") for person in range(directors)],
    )

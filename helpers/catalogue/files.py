"""Finding and opening the files of a catalogue."""

import re
import stat
from io import BufferedReader
from pathlib import Path

from helpers.catalogue.model import CatalogueError

_ENDINGS = (".tsv", ".tsv.gz")
_IMDB = re.compile(
    r"(name\.basics|title\.(akas|basics|crew|episode|principals|ratings))(\.tsv)?(\.gz)?"
)


def open_regular(path: Path) -> BufferedReader:
    """Open a regular file. Raises CatalogueError for any other: a pipe may never end."""
    try:
        if not stat.S_ISREG(path.stat().st_mode):
            raise CatalogueError(f"{path}: this is no regular file.")
        return path.open("rb")
    except OSError as error:
        raise CatalogueError(f"{path}: {error.strerror}.") from error


def folder_of_tables(path: Path) -> Path | None:
    """Return the folder of IMDb's tables, given its path or that of a table in it.

    Returns None for any other file.
    """
    place = path.absolute()
    if _IMDB.fullmatch(place.name):
        return place.parent
    if _IMDB.fullmatch(place.parent.name) and place.name.endswith(_ENDINGS):
        return place.parent.parent
    return path if path.is_dir() else None


def find_table(folder: Path, name: str) -> Path:
    """Return the file of a table: plain, gzipped, or in a folder that an unpacker has made.

    Raises CatalogueError if there is no such file, or more than one.
    """
    plain, packed = (f"{name}{ending}" for ending in _ENDINGS)
    found = [
        path
        for pattern in (plain, packed, *(f"{place}/*.tsv*" for place in (name, plain, packed)))
        for path in sorted(folder.glob(pattern))
        if not path.is_dir() and not path.name.startswith(".")
    ]
    if len(found) > 1:
        second = found[1].relative_to(folder)
        raise CatalogueError(f"{found[0]}: there is {second} too. Leave the one that is meant.")
    if not found:
        raise CatalogueError(f"{folder / plain}: there is no such file, and no {packed} either.")
    return found[0]

"""Catalogue files, read and checked: a JSON file, or a folder of IMDb's four tables.

`open_catalogue` gives a `Catalogue` whatever the format, or raises a CatalogueError that names the
file and the line; `seeded_catalogue` makes that of the laboratory. Whoever works on the API may
ignore this folder: only the commands that load a catalogue need it. It is worth its size because
IMDb's tables have tens of millions of rows in no promised order, of which 200,000 films are read in
1.5 s while memory holds nothing but the names of directors, and because a broken file is refused
before anything is written, in bounded memory even if it was made to harm.
"""

from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path

from helpers.catalogue import imdb, json_file
from helpers.catalogue.files import folder_of_tables
from helpers.catalogue.imdb import DEFAULT_KINDS
from helpers.catalogue.model import (
    Catalogue,
    CatalogueError,
    CatalogueMovie,
    Progress,
    Tally,
    printable,
)
from helpers.catalogue.seeded import seeded_catalogue, seeded_favorites

__all__ = (
    "DEFAULT_KINDS",
    "Catalogue",
    "CatalogueError",
    "CatalogueMovie",
    "Progress",
    "Tally",
    "open_catalogue",
    "printable",
    "seeded_catalogue",
    "seeded_favorites",
)


@contextmanager
def open_catalogue(
    path: Path, kinds: tuple[str, ...], progress: Progress, source: str | None = None
) -> Iterator[Catalogue]:
    """Read IMDb's tables, of which films of these kinds are wanted, or a JSON file.

    The tables are those of a folder, also where one of them is given. `source` is that of a JSON
    file's ids. The films can be read, once, inside of the context. Raises CatalogueError.
    """
    folder = folder_of_tables(path)
    if folder and source is not None:
        raise CatalogueError(f"{path}: ids of IMDb's have a source of their own, {imdb.SOURCE}.")
    opened = (
        imdb.read(folder, kinds, progress) if folder else nullcontext(json_file.read(path, source))
    )
    with opened as catalogue:
        if not catalogue.size and catalogue.skipped:
            reasons = " ".join(catalogue.skipped.lines())
            raise CatalogueError(
                f"{path}: none of its films can be stored. Rows skipped: {reasons}"
            )
        yield catalogue

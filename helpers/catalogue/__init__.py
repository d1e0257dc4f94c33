"""Rib: readers of catalogue files, which are a JSON file or a folder with four IMDb tables.

`open_catalogue` returns a `Catalogue` for either format, or raises a CatalogueError that names the
file and the line. `seeded_catalogue` and `seeded_favorites` make data for the laboratory and the
demo. Only imports and seeded data need this folder, so work on the API can ignore it. IMDb's tables
have tens of millions of rows in no guaranteed order. Reading 200,000 films from them takes 1.5 s,
and memory holds only the names of directors. A broken or malicious file is refused in bounded
memory, before anything is written.
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
    """Read a JSON file, or the titles of these kinds from IMDb's tables.

    `path` may be the folder of the tables or one of them. `source` names the origin of the ids of a
    JSON file. The films can be read once, inside the context. Raises CatalogueError.
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

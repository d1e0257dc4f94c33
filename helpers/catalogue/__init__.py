"""Catalogue files, read and checked: a JSON file, or a folder of IMDb's four tables.

`open_catalogue` gives a `Catalogue` whatever the format, or raises a CatalogueError that names the
file and the line. Whoever works on the API may ignore this folder: only the command that loads a
catalogue reads files. It is worth its size because IMDb's tables have tens of millions of rows in
no promised order, of which 200,000 films are read in 1.5 s while memory holds nothing but the names
of directors, and because a broken file is refused before anything is written.
"""

from __future__ import annotations

from contextlib import AbstractContextManager, nullcontext
from pathlib import Path

from helpers.catalogue import imdb, json_file
from helpers.catalogue.imdb import DEFAULT_KINDS
from helpers.catalogue.model import Catalogue, CatalogueError, CatalogueMovie, Progress

__all__ = (
    "DEFAULT_KINDS",
    "Catalogue",
    "CatalogueError",
    "CatalogueMovie",
    "Progress",
    "open_catalogue",
)


def open_catalogue(
    path: Path, kinds: tuple[str, ...], progress: Progress
) -> AbstractContextManager[Catalogue]:
    """Read a folder of IMDb's tables, of which films of these kinds are wanted, or a JSON file.

    The films can be read, once, inside of the context. Raises CatalogueError.
    """
    if path.is_dir():
        return imdb.read(path, kinds, progress)
    return nullcontext(json_file.read(path))

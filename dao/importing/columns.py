"""The columns of films that an import writes, as the fields of `CatalogueMovie` have them."""

from __future__ import annotations

from dataclasses import fields
from functools import lru_cache
from typing import Any

from helpers.catalogue import CatalogueMovie
from helpers.text import fold

# What links a film to the rest of its file: ids of the file's own, and the name of its genre, which
# is staged folded.
LINKS = ("external_id", "genre", "director_id")

# What a file says of a film, and a list of films shows.
IMPORTED_COLUMNS = tuple(field.name for field in fields(CatalogueMovie) if field.name not in LINKS)

# What we derive from that is written with it, but shown to nobody.
WRITTEN_COLUMNS = (*IMPORTED_COLUMNS, "folded_title")


# A file has many films, and few genres.
_fold_genre = lru_cache(fold)


def staged_row(movie: CatalogueMovie) -> dict[str, Any]:
    """Return what is staged of a film, by column."""
    derived = {"genre": _fold_genre(movie.genre), "folded_title": fold(movie.title)}
    return {**vars(movie), **derived}

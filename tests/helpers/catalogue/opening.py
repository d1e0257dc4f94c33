"""Catalogue files, opened as the command opens them.

JSON files have one genre, one director and one film; a test says only what is special.
"""

import json
from pathlib import Path
from typing import Any

import pytest

from helpers.catalogue import DEFAULT_KINDS, Catalogue, CatalogueError, open_catalogue

LEFT_OUT: object = ...  # Workers of pytest-xdist have to agree on its name.

GENRE = {"id": 2, "name": "Драма"}
DIRECTOR = {"id": 3, "name": "Андрей Тарковский"}
FILM = {
    "id": 1,
    "title": "Солярис",
    "description": "An ocean thinks.",
    "trailer": "https://youtu.be/UKei_d0-bP4",
    "poster": "https://images.example/solaris.jpg",
    "year": 1972,
    "rating": 8.1,
    "genre_id": 2,
    "director_id": 3,
}


def changed(row: dict[str, Any], **changes: Any) -> dict[str, Any]:
    return {name: it for name, it in {**row, **changes}.items() if it is not LEFT_OUT}


def write(path: Path, **members: Any) -> Path:
    """Write a catalogue with members of the file's object changed. Each object begins a line."""
    document = {"source": "test", "genres": [GENRE], "directors": [DIRECTOR], "movies": [FILM]}
    text = json.dumps(changed(document, **members)).replace("{", "\n{")
    path.write_text(text, "utf-8")
    return path


def read(path: Path, **members: Any) -> Catalogue:
    """Write a catalogue as `write` does, and read it."""
    return opened(write(path, **members))


def opened(path: Path, source: str | None = None) -> Catalogue:
    with open_catalogue(path, (), quietly, source) as catalogue:
        return catalogue


def refusal(path: Path, kinds: tuple[str, ...] = DEFAULT_KINDS, source: str | None = None) -> str:
    """What is said of a file or folder, whose path stands there as HERE."""
    with pytest.raises(CatalogueError) as refused, open_catalogue(path, kinds, quietly, source):
        pass
    return str(refused.value).replace(str(path), "HERE")


def quietly(_step: str, _done: int, _total: int) -> None:
    """Show no progress."""

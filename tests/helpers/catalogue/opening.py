"""Opens catalogue files as the command does.

A JSON file has one genre, director and film by default. A test names only what differs.
"""

import json
from pathlib import Path
from typing import Any

import pytest

from helpers.catalogue import DEFAULT_KINDS, Catalogue, CatalogueError, open_catalogue

LEFT_OUT: object = ...  # Workers of pytest-xdist must agree on its repr.

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
    """Write a catalogue with these members of its JSON changed. Each object begins a line."""
    document = {"source": "test", "genres": [GENRE], "directors": [DIRECTOR], "movies": [FILM]}
    text = json.dumps(changed(document, **members)).replace("{", "\n{")
    path.write_text(text, "utf-8")
    return path


def read(path: Path, **members: Any) -> Catalogue:
    """Write a catalogue with `write`, and read it."""
    return opened(write(path, **members))


def opened(path: Path, source: str | None = None) -> Catalogue:
    with open_catalogue(path, (), quietly, source) as catalogue:
        return catalogue


def refusal(path: Path, kinds: tuple[str, ...] = DEFAULT_KINDS, source: str | None = None) -> str:
    """Return the error message of a file or folder, with HERE in place of its path."""
    with pytest.raises(CatalogueError) as refused, open_catalogue(path, kinds, quietly, source):
        pass
    return str(refused.value).replace(str(path), "HERE")


def quietly(_step: str, _done: int, _total: int) -> None:
    """Ignore the progress."""

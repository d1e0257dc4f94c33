"""Catalogue files with many films or long texts."""

import json
from pathlib import Path

NAME = "Known to the tests"


def write_catalogue(path: Path, number: int, **columns: str) -> Path:
    """Write a catalogue of films with the same genre and director, and return its path.

    A column may contain `{}`, which stands for the number of the film.
    """
    someone = [{"id": 1, "name": NAME}]
    films = [
        {"id": position, "year": 2000, "genre_id": 1, "director_id": 1}
        | {name: text.format(position) for name, text in {"title": "Film {}", **columns}.items()}
        for position in range(1, number + 1)
    ]
    catalogue = {"source": "tests", "genres": someone, "directors": someone, "movies": films}
    path.write_text(json.dumps(catalogue), "utf-8")
    return path

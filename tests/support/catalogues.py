"""Catalogues in a file, where it is their number or their length that matters."""

import json
from pathlib import Path

NAME = "Known to the tests"


def write_catalogue(path: Path, number: int, **columns: str) -> Path:
    """Write so many films of one genre and director, and return the path.

    A column may have `{}` where the number of the film is to stand.
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

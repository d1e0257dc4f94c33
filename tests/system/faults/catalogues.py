"""Catalogues whose whole list is too long to be kept in memory."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

from tests.support.servers import ROOT, environment

DESCRIPTION_LENGTH = 1000


def load_films(database_url: str, count: int, folder: Path) -> None:
    """Add so many films with descriptions to a database."""
    films = [
        {
            "id": number,
            "title": f"Film {number}",
            "description": "x" * DESCRIPTION_LENGTH,
            "year": 2000,
            "genre_id": 1,
            "director_id": 1,
        }
        for number in range(1, count + 1)
    ]
    someone = [{"id": 1, "name": "Someone"}]
    file = folder / "many.json"
    file.write_text(
        json.dumps({"source": "many", "genres": someone, "directors": someone, "movies": films})
    )
    subprocess.run(
        [sys.executable, "-m", "flask", "--app", "app", "load-catalogue", str(file)],
        cwd=ROOT,
        env=environment(database_url),
        check=True,
        capture_output=True,
    )

"""Catalogues in JSON: Kinoteka's own format, which the course's fixtures also have.

A file has one object with `genres` and `directors` (`id`, `name`), `movies` (`id`, `title`,
`description`, `trailer`, `poster`, `year`, `rating`, `genre_id`, `director_id`) and, optionally,
the `source` of the ids. An id may also be named `pk`, and may be a number or a string. A whole
number may have a decimal point, as pandas writes it (`2001.0`), and a number may be a string.
"""

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from marshmallow import Schema, ValidationError

from constants import SOURCE_LENGTH
from helpers.catalogue import json_document
from helpers.catalogue.files import open_regular
from helpers.catalogue.http_url import http_url
from helpers.catalogue.json_rows import Movie, Named, is_short_text
from helpers.catalogue.model import Catalogue, CatalogueError, CatalogueMovie, Tally
from helpers.catalogue.youtube import canonical_url

# The function that normalizes each URL, and the reason given when it cannot.
_URLS: dict[str, tuple[Callable[[str], str], str]] = {
    "trailer": (canonical_url, "not a video of YouTube's"),
    "poster": (http_url, "not an http or https URL"),
}

# Loaded rows and their places in the file, by id.
Rows = dict[str, tuple[dict[str, Any], str]]


def read(path: Path, source: str | None = None) -> Catalogue:
    """Read and check a whole file. Raises CatalogueError.

    `source` names the origin of its ids. The default is the file's own `source`, or else its name.
    """
    file = open_regular(path)
    try:
        with file:
            document = json_document.loads(file.read(json_document.MAX_BYTES + 1))
    except OSError as error:
        raise CatalogueError(f"{path}: {error.strerror}.") from error
    except json.JSONDecodeError as error:
        raise CatalogueError(f"{path}, line {error.lineno}: not JSON: {error.msg}.") from error
    except ValueError as error:
        raise CatalogueError(f"{path}: not valid JSON: {error}.") from error
    return _Reader(path).catalogue(document, source)


class _Reader:
    """Converts the JSON document of a file into a catalogue."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._skipped = Tally()
        self._dropped = Tally()

    def catalogue(self, document: Any, source: str | None) -> Catalogue:
        if not isinstance(document, dict):
            raise self._broken("the file must hold one JSON object.")
        genres = self._rows(document, "genres", Named())
        directors = self._rows(document, "directors", Named())
        movies = list(self._movies(self._rows(document, "movies", Movie()), genres, directors))
        return Catalogue(
            self._source(document, source),
            genres=[row["name"] for row, _ in genres.values()],
            directors={key: row["name"] for key, (row, _) in directors.items()},
            movies=movies,
            size=len(movies),
            skipped=self._skipped,
            dropped=self._dropped,
        )

    def _source(self, document: dict[str, Any], given: str | None) -> str:
        if given is None and "source" not in document:
            return self._path.name.encode(errors="replace").decode()
        source = document["source"] if given is None else given
        if not is_short_text(source, SOURCE_LENGTH):
            raise self._broken("source must be a short text.")
        return str(source)

    def _rows(self, document: dict[str, Any], name: str, schema: Schema) -> Rows:
        """Return the valid rows of an array with their places, by id."""
        given = document.get(name)
        if not isinstance(given, list):
            raise self._broken(f"{name} must be an array.")
        rows: Rows = {}
        for position, value in enumerate(given, start=1):
            reason, place = "not an object", f"item {position}"
            if isinstance(value, dict):
                try:
                    row = schema.load(value)
                    reason = "repeated id" if row["id"] in rows else ""
                except ValidationError as error:
                    # Only the first fault of a row is reported.
                    field, texts = next(iter(error.normalized_messages().items()))
                    reason = f"{field}: {texts[0].rstrip('.')}"
            if reason:
                self._skipped.note(f"{name}: {reason}", place)
            else:
                rows[row["id"]] = row, place
        return rows

    def _movies(self, rows: Rows, genres: Rows, directors: Rows) -> Iterator[CatalogueMovie]:
        for row, place in rows.values():
            genre_id = row.pop("genre_id")
            if genre_id not in genres:
                self._skipped.note("movies: a genre that the file does not have", place)
            elif row["director_id"] not in directors:
                self._skipped.note("movies: a director that the file does not have", place)
            else:
                self._normalize_urls(row, place)
                genre = genres[genre_id][0]["name"]
                yield CatalogueMovie(external_id=row.pop("id"), genre=genre, **row)

    def _normalize_urls(self, row: dict[str, Any], place: str) -> None:
        """Normalize the URLs of a film. An invalid one becomes "" and is counted."""
        for name, (url_of, reason) in _URLS.items():
            given = row.get(name, "")
            row[name] = url_of(given) if isinstance(given, str) else ""
            if str(given).strip() and not row[name]:
                self._dropped.note(f"{name}: {reason}", place)

    def _broken(self, reason: str) -> CatalogueError:
        return CatalogueError(f"{self._path}: {reason}")

"""Catalogues in JSON: our own format, which is also that of the course's fixtures.

One object with `genres` and `directors` (`id`, `name`), `movies` (`id`, `title`, `description`,
`trailer`, `year`, `rating`, `genre_id`, `director_id`) and, optionally, the `source` of the ids.
An id may also be called `pk`, and may be a number or a string.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from marshmallow import EXCLUDE, Schema, ValidationError, fields, post_load, pre_load, validate

from constants import (
    CREDIT_LENGTH,
    DESCRIPTION_LENGTH,
    EXTERNAL_ID_LENGTH,
    RATING_MAX,
    SOURCE_LENGTH,
    TITLE_LENGTH,
    YEAR_MAX,
)
from helpers.catalogue import located_json
from helpers.catalogue.located_json import Located
from helpers.catalogue.model import Catalogue, CatalogueError, CatalogueMovie
from helpers.catalogue.youtube import canonical_url

DEFAULT_SOURCE = "json"

# Loaded rows with the lines they begin in, by id.
Rows = dict[str, tuple[dict[str, Any], int]]


def read(path: Path) -> Catalogue:
    """Read and check a whole file. Raises CatalogueError."""
    try:
        document = located_json.loads(path.read_bytes())
    except OSError as error:
        raise CatalogueError(f"{path}: {error.strerror}.") from error
    except json.JSONDecodeError as error:
        raise CatalogueError(f"{path}, line {error.lineno}: not JSON: {error.msg}.") from error
    except ValueError as error:
        raise CatalogueError(f"{path}: not valid JSON: {error}.") from error
    return _Reader(path).catalogue(document)


def _is_short_text(value: object, most: int) -> bool:
    return isinstance(value, str) and 0 < len(value) <= most and "\0" not in value


class _Text(fields.String):
    """Text of a bounded length that PostgreSQL stores."""

    def __init__(self, most: int, *, least: int = 0, **kwargs: Any) -> None:
        no_null = validate.ContainsNoneOf("\0", error="The character U+0000 is not allowed.")
        super().__init__(validate=[validate.Length(least, most), no_null], **kwargs)


class _Key(fields.Field[str]):
    """An id of the file's own: a number or a string."""

    def _deserialize(self, value: Any, *_: Any, **__: Any) -> str:
        if type(value) is int:
            value = str(value)
        if not _is_short_text(value, EXTERNAL_ID_LENGTH):
            raise ValidationError("Not a valid id.")
        return str(value)


class _Row(Schema):
    class Meta:
        unknown = EXCLUDE

    id = _Key(required=True)

    @pre_load
    def _rename_pk(self, row: Any, **_: Any) -> Any:
        return {"id": row["pk"], **row} if isinstance(row, dict) and "pk" in row else row


class _Named(_Row):
    name = _Text(CREDIT_LENGTH, least=1, required=True)


class _Number(fields.Float):
    """A number that is written as one."""

    def _deserialize(self, value: Any, *args: Any, **kwargs: Any) -> float:
        if type(value) not in (int, float):
            raise ValidationError("Not a valid number.")
        number: float = super()._deserialize(value, *args, **kwargs)
        return number


class _Movie(_Row):
    """A film. What it leaves out, or has as null, gets the default of `CatalogueMovie`."""

    title = _Text(TITLE_LENGTH, least=1, required=True)
    description = _Text(DESCRIPTION_LENGTH, allow_none=True)
    trailer = _Text(DESCRIPTION_LENGTH, allow_none=True)
    year = fields.Integer(required=True, strict=True, validate=validate.Range(1, YEAR_MAX))
    rating = _Number(allow_none=True, validate=validate.Range(0, RATING_MAX))
    genre_id = _Key(required=True)
    director_id = _Key(required=True)

    @post_load
    def _tidy(self, row: dict[str, Any], **_: Any) -> dict[str, Any]:
        row["trailer"] = canonical_url(row.get("trailer") or "")
        return {name: value for name, value in row.items() if value is not None}


class _Reader:
    """Turns the document of one file into a catalogue."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def catalogue(self, document: Any) -> Catalogue:
        if not isinstance(document, Located):
            raise CatalogueError(f"{self._path}, line 1: the file must hold one JSON object.")
        source = document.get("source", DEFAULT_SOURCE)
        if not _is_short_text(source, SOURCE_LENGTH):
            raise self._broken(document.line, "source must be a short text.")
        genres = self._rows(document, "genres", _Named())
        directors = self._rows(document, "directors", _Named())
        movies = self._rows(document, "movies", _Movie())
        return Catalogue(
            source,
            genres=[row["name"] for row, _ in genres.values()],
            directors={key: row["name"] for key, (row, _) in directors.items()},
            movies=[self._movie(row, line, genres, directors) for row, line in movies.values()],
            size=len(movies),
        )

    def _rows(self, document: Located, name: str, schema: Schema) -> Rows:
        """Return the rows of one array, each with its line, by id."""
        given = document.get(name)
        if not isinstance(given, list):
            raise self._broken(document.line, f"{name} must be an array.")
        rows: Rows = {}
        for position, value in enumerate(given, start=1):
            if not isinstance(value, Located):
                raise self._broken(document.line, f"{name}: item {position} is not an object.")
            try:
                row = schema.load(value)
            except ValidationError as error:
                reasons = "; ".join(
                    f"{field}: {' '.join(texts)}"
                    for field, texts in error.normalized_messages().items()
                )
                raise self._broken(value.line, f"{name}: {reasons}") from error
            if row["id"] in rows:
                raise self._broken(value.line, f"{name}: the id {row['id']} appears twice.")
            rows[row["id"]] = row, value.line
        return rows

    def _movie(
        self, row: dict[str, Any], line: int, genres: Rows, directors: Rows
    ) -> CatalogueMovie:
        genre_id, external_id = row.pop("genre_id"), row.pop("id")
        if genre_id not in genres:
            raise self._broken(line, f"there is no genre {genre_id} in this file.")
        if row["director_id"] not in directors:
            raise self._broken(line, f"there is no director {row['director_id']} in this file.")
        genre = genres[genre_id][0]["name"]
        return CatalogueMovie(external_id=external_id, genre=genre, **row)

    def _broken(self, line: int, reason: str) -> CatalogueError:
        return CatalogueError(f"{self._path}, line {line}: {reason}")

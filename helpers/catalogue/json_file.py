"""Catalogues in JSON: our own format, which is also that of the course's fixtures.

One object with `genres` and `directors` (`id`, `name`), `movies` (`id`, `title`, `description`,
`trailer`, `year`, `rating`, `genre_id`, `director_id`) and, optionally, the `source` of the ids.
An id may also be called `pk`, and may be a number or a string. Whole numbers may be written as
pandas does it (`2001.0`), and numbers as strings.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
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
from helpers.catalogue import json_document
from helpers.catalogue.files import open_regular
from helpers.catalogue.model import Catalogue, CatalogueError, CatalogueMovie, Tally
from helpers.catalogue.youtube import canonical_url

_NUMBER = re.compile(r"-?[0-9]{1,20}(\.[0-9]{1,20})?")
_WHOLE = re.compile(r"(-?[0-9]+)\.0+")

# Loaded rows with the places they are in, by id.
Rows = dict[str, tuple[dict[str, Any], str]]


def read(path: Path, source: str | None = None) -> Catalogue:
    """Read and check a whole file, whose ids are of this source.

    It is the one that the file names where none is given, and otherwise the file's name. Raises
    CatalogueError.
    """
    file = open_regular(path)
    try:
        with file:
            document = json_document.loads(file.read(json_document.MOST_BYTES + 1))
    except OSError as error:
        raise CatalogueError(f"{path}: {error.strerror}.") from error
    except json.JSONDecodeError as error:
        raise CatalogueError(f"{path}, line {error.lineno}: not JSON: {error.msg}.") from error
    except ValueError as error:
        raise CatalogueError(f"{path}: not valid JSON: {error}.") from error
    return _Reader(path).catalogue(document, source)


def _is_short_text(value: object, most: int) -> bool:
    return isinstance(value, str) and 0 < len(value) <= most and "\0" not in value


def _number(value: Any) -> Any:
    """Return the number that a string holds, and a whole one as an integer."""
    if isinstance(value, str) and _NUMBER.fullmatch(value.strip()):
        value = float(value)
    return int(value) if isinstance(value, float) and value.is_integer() else value


class _Text(fields.String):
    """Text of a bounded length that PostgreSQL stores."""

    def __init__(self, most: int, *, least: int = 0, **kwargs: Any) -> None:
        no_null = validate.ContainsNoneOf("\0", error="The character U+0000 is not allowed.")
        super().__init__(validate=[validate.Length(least, most), no_null], **kwargs)


class _Key(fields.Field[str]):
    """An id of the file's own: a whole number or a string."""

    def _deserialize(self, value: Any, *_: Any, **__: Any) -> str:
        if type(value) in (int, float):
            value = str(_number(value)) if value == value // 1 else value
        if not _is_short_text(value, EXTERNAL_ID_LENGTH):
            raise ValidationError("Not a valid id.")
        return _WHOLE.sub(r"\1", value) if _WHOLE.fullmatch(value) else str(value)


class _Row(Schema):
    class Meta:
        unknown = EXCLUDE

    id = _Key(required=True)

    @pre_load
    def _rename_pk(self, row: Any, **_: Any) -> Any:
        return {"id": row["pk"], **row} if "pk" in row else row


class _Named(_Row):
    name = _Text(CREDIT_LENGTH, least=1, required=True)


class _Year(fields.Integer):
    def _deserialize(self, value: Any, *args: Any, **kwargs: Any) -> int:
        return int(super()._deserialize(_number(value), *args, **kwargs))


class _Movie(_Row):
    """A film. What it leaves out, or has as null, gets the default of `CatalogueMovie`."""

    title = _Text(TITLE_LENGTH, least=1, required=True)
    description = _Text(DESCRIPTION_LENGTH, allow_none=True)
    trailer = fields.Raw(allow_none=True)
    year = _Year(required=True, strict=True, validate=validate.Range(1, YEAR_MAX))
    rating = fields.Float(allow_none=True, validate=validate.Range(0, RATING_MAX))
    genre_id = _Key(required=True)
    director_id = _Key(required=True)

    @post_load
    def _leave_out_nulls(self, row: dict[str, Any], **_: Any) -> dict[str, Any]:
        return {name: value for name, value in row.items() if value is not None}


class _Reader:
    """Turns the document of one file into a catalogue."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._skipped = Tally()
        self._dropped = Tally()

    def catalogue(self, document: Any, source: str | None) -> Catalogue:
        if not isinstance(document, dict):
            raise self._broken("the file must hold one JSON object.")
        genres = self._rows(document, "genres", _Named())
        directors = self._rows(document, "directors", _Named())
        movies = list(self._movies(self._rows(document, "movies", _Movie()), genres, directors))
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
        if not _is_short_text(source, SOURCE_LENGTH):
            raise self._broken("source must be a short text.")
        return str(source)

    def _rows(self, document: dict[str, Any], name: str, schema: Schema) -> Rows:
        """Return the rows of one array that can be stored, each with its place, by id."""
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
                    # One of its faults is enough to leave a row out.
                    field, texts = next(iter(error.normalized_messages().items()))
                    reason = f"{field}: {texts[0].rstrip('.')}"
            if reason:
                self._skipped.note(f"{name}: {reason}", place)
            else:
                rows[row["id"]] = row, place
        return rows

    def _movies(self, rows: Rows, genres: Rows, directors: Rows) -> Iterator[CatalogueMovie]:
        for row, place in rows.values():
            genre_id, given = row.pop("genre_id"), row.pop("trailer", "")
            if genre_id not in genres:
                self._skipped.note("movies: a genre that the file does not have", place)
            elif row["director_id"] not in directors:
                self._skipped.note("movies: a director that the file does not have", place)
            else:
                trailer = canonical_url(given) if isinstance(given, str) else ""
                if str(given).strip() and not trailer:
                    self._dropped.note("not a video of YouTube's", place)
                row["external_id"], row["genre"] = row.pop("id"), genres[genre_id][0]["name"]
                yield CatalogueMovie(trailer=trailer, **row)

    def _broken(self, reason: str) -> CatalogueError:
        return CatalogueError(f"{self._path}: {reason}")

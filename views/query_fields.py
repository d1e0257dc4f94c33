"""Fields of query strings: numbers and search texts."""

import re
from collections.abc import Mapping
from typing import Any

from marshmallow import ValidationError, fields, missing
from marshmallow.validate import Length, Range

from constants import MAX_GENRES, MAX_ID, RATING_MAX, SEARCH_LENGTH
from helpers.numbers import ascii_int
from helpers.text import fold
from views.fields import no_null_character


class Digits(fields.Integer):
    """A whole number in ASCII digits. Numbers above the largest id load as that id."""

    def __init__(self, *, least: int = 0, most: int | None = None, **kwargs: Any) -> None:
        super().__init__(validate=Range(min=least, max=most), **kwargs)

    def _deserialize(self, value: Any, *_: Any, **__: Any) -> int:
        number = ascii_int(value, MAX_ID)
        if number is None:
            raise ValidationError("Write a whole number with the digits 0-9.")
        return number


class GenreIds(fields.Field[tuple[int, ...]]):
    """Genre ids separated by commas, loaded as a sorted tuple without repetitions."""

    def __init__(self, *, metadata: Mapping[str, Any], **kwargs: Any) -> None:
        pattern = f"^[0-9]+(,[0-9]+){{0,{MAX_GENRES - 1}}}$"
        known = {"type": "string", "pattern": pattern, "minimum": 0, "x-or-integer": True}
        super().__init__(metadata={**known, **metadata}, **kwargs)

    def _deserialize(self, value: Any, *_: Any, **__: Any) -> tuple[int, ...]:
        ids = {ascii_int(digits, MAX_ID) for digits in value.split(",")}
        if None in ids:
            raise ValidationError("Write whole numbers with the digits 0-9, between commas.")
        if len(ids) > MAX_GENRES:
            raise ValidationError(f"At most {MAX_GENRES} genres.")
        return tuple(sorted(known for known in ids if known is not None))


class Rating(fields.Float):
    """A decimal number in ASCII digits. Ratings above the highest load as one that no film has."""

    def __init__(self, *, metadata: Mapping[str, Any]) -> None:
        super().__init__(metadata={"minimum": 0, **metadata})

    def _deserialize(self, value: Any, *_: Any, **__: Any) -> float:
        if not re.fullmatch(r"[0-9]+(\.[0-9]+)?", value):
            raise ValidationError("Write a number with the digits 0-9, like 7.5.")
        return min(float(value), RATING_MAX + 1.0)


class SearchText(fields.String):
    """A part of a title or of a name, loaded folded, or left out if nothing remains.

    So different spellings of a search are one query with one cached list.
    """

    def __init__(self, noun: str, **kwargs: Any) -> None:
        description = (
            f"Only what has this text in its {noun}, compared as people do: case, accents, blanks "
            "around words, dashes, apostrophes and other punctuation do not matter. With fewer "
            f"than three characters: whose {noun} begins with it."
        )
        super().__init__(
            validate=[Length(max=SEARCH_LENGTH), no_null_character],
            metadata={"description": description},
            **kwargs,
        )

    def deserialize(self, value: Any, *args: Any, **kwargs: Any) -> Any:
        text = super().deserialize(value, *args, **kwargs)
        return text if text is missing else fold(text) or missing

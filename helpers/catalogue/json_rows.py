"""Schemas of the rows of a JSON catalogue."""

import re
from typing import Any

from marshmallow import EXCLUDE, Schema, ValidationError, fields, post_load, pre_load, validate

from constants import (
    CREDIT_LENGTH,
    DESCRIPTION_LENGTH,
    EXTERNAL_ID_LENGTH,
    RATING_MAX,
    TITLE_LENGTH,
    YEAR_MAX,
)

_NUMBER = re.compile(r"-?[0-9]{1,20}(\.[0-9]{1,20})?")
_WHOLE = re.compile(r"(-?[0-9]+)\.0+")


def is_short_text(value: object, most: int) -> bool:
    return isinstance(value, str) and 0 < len(value) <= most and "\0" not in value


def _number(value: Any) -> Any:
    """Convert a numeric string to a number, and a whole number to an integer."""
    if isinstance(value, str) and _NUMBER.fullmatch(value.strip()):
        value = float(value)
    return int(value) if isinstance(value, float) and value.is_integer() else value


class _Text(fields.String):
    """Text of a bounded length that PostgreSQL can store."""

    def __init__(self, most: int, *, least: int = 0, **kwargs: Any) -> None:
        no_null = validate.ContainsNoneOf("\0", error="The character U+0000 is not allowed.")
        super().__init__(validate=[validate.Length(least, most), no_null], **kwargs)


class _Key(fields.Field[str]):
    """An id within the file: a whole number or a string."""

    def _deserialize(self, value: Any, *_: Any, **__: Any) -> str:
        if type(value) in (int, float) and value == int(value):
            value = str(int(value))
        if not is_short_text(value, EXTERNAL_ID_LENGTH):
            raise ValidationError("Not a valid id.")
        whole = _WHOLE.fullmatch(value)
        return str(whole[1] if whole else value)


class _Row(Schema):
    class Meta:
        unknown = EXCLUDE

    id = _Key(required=True)

    @pre_load
    def _rename_pk(self, row: Any, **_: Any) -> Any:
        return {"id": row["pk"], **row} if "pk" in row else row


class Named(_Row):
    name = _Text(CREDIT_LENGTH, least=1, required=True)


class _Year(fields.Integer):
    def _deserialize(self, value: Any, *args: Any, **kwargs: Any) -> int:
        return int(super()._deserialize(_number(value), *args, **kwargs))


class Movie(_Row):
    """A film. A field that is missing or null gets the default of `CatalogueMovie`."""

    title = _Text(TITLE_LENGTH, least=1, required=True)
    description = _Text(DESCRIPTION_LENGTH, allow_none=True)
    trailer = fields.Raw(allow_none=True)
    poster = fields.Raw(allow_none=True)
    year = _Year(required=True, strict=True, validate=validate.Range(1, YEAR_MAX))
    rating = fields.Float(allow_none=True, validate=validate.Range(0, RATING_MAX))
    genre_id = _Key(required=True)
    director_id = _Key(required=True)

    @post_load
    def _leave_out_nulls(self, row: dict[str, Any], **_: Any) -> dict[str, Any]:
        return {name: value for name, value in row.items() if value is not None}

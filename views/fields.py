"""Fields with rules of their own: how text and numbers of clients become ours."""

from __future__ import annotations

import unicodedata
from typing import Any

from marshmallow import ValidationError, fields
from marshmallow.validate import Length, Range

from constants import DEMO_PASSWORD, MAX_ID, NAME_LENGTH, PASSWORD_MAX_LENGTH, PASSWORD_MIN_LENGTH
from helpers.addresses import normalize_address
from helpers.fields import Text
from helpers.numbers import ascii_int


class Digits(fields.Integer):
    """A number in a query: ASCII digits. Past the largest id no number fits anything."""

    def __init__(self, *, least: int = 0, most: int | None = None, **kwargs: Any) -> None:
        super().__init__(validate=Range(min=least, max=most), **kwargs)

    def _deserialize(self, value: Any, *_: Any, **__: Any) -> int:
        number = ascii_int(value, MAX_ID)
        if number is None:
            raise ValidationError("Write a whole number with the digits 0-9.")
        return number


class Name(fields.String):
    """A name of a person: text without control characters."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(validate=Length(min=1, max=NAME_LENGTH), allow_none=True, **kwargs)

    def _deserialize(self, value: Any, *args: Any, **kwargs: Any) -> str:
        text: str = super()._deserialize(value, *args, **kwargs)
        if any(unicodedata.category(character) == "Cc" for character in text):
            raise ValidationError("Control characters are not allowed.")
        return text


class Password(Text):
    """A password, in the normal form NFC, so that it does not depend on the keyboard."""

    def _deserialize(self, value: Any, *args: Any, **kwargs: Any) -> str:
        return unicodedata.normalize("NFC", super()._deserialize(value, *args, **kwargs))


class CurrentPassword(Password):
    """A password that is to be verified. What it may look like is no question here."""

    def __init__(self) -> None:
        super().__init__(
            required=True,
            validate=Length(min=1),
            metadata={"example": DEMO_PASSWORD, "format": "password"},
        )


class NewPassword(Password):
    """A password as it may be chosen. Its length counts code points."""

    def __init__(self, **kwargs: Any) -> None:
        length = Length(min=PASSWORD_MIN_LENGTH, max=PASSWORD_MAX_LENGTH)
        super().__init__(required=True, validate=length, **kwargs)


class Address(fields.String):
    """An e-mail address; loads as its one normal spelling."""

    def _deserialize(self, value: Any, *args: Any, **kwargs: Any) -> str:
        text: str = super()._deserialize(value, *args, **kwargs)
        try:
            return normalize_address(text)
        except ValueError as error:
            raise ValidationError(str(error)) from error


class GenreId(fields.Integer):
    """The id of a genre: a number, or ASCII digits in a string, as forms have them."""

    def __init__(self, **kwargs: Any) -> None:
        range_ = Range(min=1, max=MAX_ID, error="There is no such genre.")
        super().__init__(validate=range_, allow_none=True, **kwargs)

    def _deserialize(self, value: Any, *_: Any, **__: Any) -> int:
        number = value if type(value) is int else ascii_int(value, MAX_ID)
        if number is None:
            raise ValidationError("Not a valid id of a genre.")
        return number


class FavoriteGenre(fields.Integer):
    """The user's favorite genre, whatever the field's own name.

    Two fields of one schema may not say `attribute="favorite_genre_id"`, so it is said here.
    """

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(required=True, allow_none=True, **kwargs)

    def get_value(self, obj: Any, attr: str, *args: Any, **kwargs: Any) -> Any:
        return super().get_value(obj, "favorite_genre_id", *args, **kwargs)

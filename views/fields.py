"""Fields of request bodies that need rules of their own."""

import re
import unicodedata
from typing import Any

from email_validator import EmailNotValidError, validate_email
from marshmallow import ValidationError, fields
from marshmallow.validate import ContainsNoneOf, Length, Range

from constants import (
    EMAIL_LENGTH,
    EMAIL_LOCAL_LENGTH,
    MAX_ID,
    NAME_LENGTH,
    PASSWORD_MAX_LENGTH,
    PASSWORD_MIN_LENGTH,
)
from helpers.numbers import ascii_int

# PostgreSQL does not store it.
no_null_character = ContainsNoneOf("\0", error="The character U+0000 is not allowed.")


class Name(fields.String):
    """A name of a person: text without control characters."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(validate=Length(min=1, max=NAME_LENGTH), allow_none=True, **kwargs)

    def _deserialize(self, value: Any, *args: Any, **kwargs: Any) -> str:
        text: str = super()._deserialize(value, *args, **kwargs)
        if any(unicodedata.category(character) == "Cc" for character in text):
            raise ValidationError("Control characters are not allowed.")
        return text


class Password(fields.String):
    """A password, in the normal form NFC, so that it does not depend on the keyboard."""

    def _deserialize(self, value: Any, *args: Any, **kwargs: Any) -> str:
        text: str = super()._deserialize(value, *args, **kwargs)
        try:
            text.encode()
        except UnicodeEncodeError:  # A lone surrogate: a terminal's byte that is no UTF-8.
            raise self.make_error("invalid_utf8") from None  # The error would show the password.
        # NFC composes at most four characters into one, and takes long for thousands of them.
        is_too_long = len(text) > 4 * PASSWORD_MAX_LENGTH
        return text if is_too_long else unicodedata.normalize("NFC", text)


class CurrentPassword(Password):
    """A password to verify. The rules for new passwords do not apply."""

    def __init__(self, *, example: str) -> None:
        super().__init__(
            required=True,
            validate=[Length(min=1), no_null_character],
            metadata={"example": example, "format": "password"},
        )


class NewPassword(Password):
    """A password to set. Its length counts code points."""

    def __init__(self, **kwargs: Any) -> None:
        length = Length(min=PASSWORD_MIN_LENGTH, max=PASSWORD_MAX_LENGTH)
        super().__init__(required=True, validate=[length, no_null_character], **kwargs)


class EmailAddress(fields.String):
    """An e-mail address, loaded in the normalized form that identifies an account."""

    def _deserialize(self, value: Any, *args: Any, **kwargs: Any) -> str:
        text: str = super()._deserialize(value, *args, **kwargs)
        try:
            return normalize_email(text)
        except ValueError as error:
            raise ValidationError(str(error)) from error


def normalize_email(text: str) -> str:
    """Return the ASCII form of an e-mail address in lower case.

    No mail is ever sent, so the domain need not exist, and `.test` (RFC 6761, section 6.2) is
    allowed. Raises ValueError with a message for people.
    """
    local, _, _ = text.rpartition("@")
    # Checked before parsing, because the parser's work grows with the length of the text.
    if len(text) > EMAIL_LENGTH or len(local) > EMAIL_LOCAL_LENGTH:
        raise ValueError(
            f"An address has at most {EMAIL_LENGTH} characters, "
            f"{EMAIL_LOCAL_LENGTH} of them before the @."
        )
    try:
        valid = validate_email(
            text, allow_smtputf8=False, check_deliverability=False, test_environment=True
        )
    except EmailNotValidError as error:
        # Details in brackets or after a colon repeat the input, which may be a secret.
        reason = re.split(r" \(|:", str(error))[0].rstrip(".")
        raise ValueError(f"{reason}.") from error
    email = (valid.ascii_email or "").lower()
    if len(email) > EMAIL_LENGTH:  # The ASCII form of a domain may be longer.
        raise ValueError(f"An address has at most {EMAIL_LENGTH} characters.")
    return email


class GenreId(fields.Integer):
    """The id of a genre: a number, or a string of ASCII digits, as forms send it."""

    def __init__(self, **kwargs: Any) -> None:
        range_ = Range(min=1, max=MAX_ID, error="There is no such genre.")
        super().__init__(validate=range_, allow_none=True, **kwargs)

    def _deserialize(self, value: Any, *_: Any, **__: Any) -> int:
        number = value if type(value) is int else ascii_int(value, MAX_ID)
        if number is None:
            raise ValidationError("Not a valid id of a genre.")
        return number


class FavoriteGenre(fields.Integer):
    """The user's favorite genre, under whatever name the schema gives the field.

    marshmallow does not allow two fields with `attribute="favorite_genre_id"` in one schema.
    """

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(required=True, allow_none=True, **kwargs)

    def get_value(self, obj: Any, attr: str, *args: Any, **kwargs: Any) -> Any:
        return super().get_value(obj, "favorite_genre_id", *args, **kwargs)

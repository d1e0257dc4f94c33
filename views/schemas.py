"""Schemas of all request and response bodies: they validate, serialize and document."""

from typing import Any

from marshmallow import Schema, ValidationError, fields, post_load
from marshmallow.validate import Length

from constants import DEMO_EMAIL, DEMO_PASSWORD
from views.fields import (
    CurrentPassword,
    EmailAddress,
    FavoriteGenre,
    GenreId,
    Name,
    NewPassword,
)
from views.http import URLOrPath
from views.http.openapi import Output

_GENRE_NAMES = ("favorite_genre", "favourite_genre")
# Not the demo password: trying the example must not change or delete the shared demo account.
_YOUR_PASSWORD = "your current password"  # noqa: S105  # An example.
_TOKEN = {"example": "eyJhbGciOi…"}
_GENRE = {"description": "Id of a genre, or null.", "example": 4}
_SAME_GENRE = {"description": "The same, in the other spelling.", "example": 4}


class Genre(Output):
    id = fields.Integer(required=True, metadata={"example": 4})
    name = fields.String(required=True, metadata={"example": "Драма"})


class Director(Output):
    id = fields.Integer(required=True, metadata={"example": 8})
    name = fields.String(required=True, metadata={"example": "Дэмьен Шазелл"})


class Movie(Output):
    """A film."""

    id = fields.Integer(required=True, metadata={"example": 9})
    title = fields.String(required=True, metadata={"example": "Одержимость"})
    description = fields.String(required=True, metadata={"example": "Юный барабанщик…"})
    trailer = fields.String(
        required=True,
        metadata={
            "description": "Address on YouTube; empty if there is none.",
            "example": "https://www.youtube.com/watch?v=Q9PxDPOo1jw",
        },
    )
    poster = URLOrPath("/movies/{id}/poster.svg", example="/movies/9/poster.svg")
    year = fields.Integer(required=True, metadata={"example": 2013})
    rating = fields.Float(
        required=True,
        allow_none=True,
        metadata={"description": "From 0 to 10; null if unrated.", "example": 8.5},
    )
    genre = fields.Nested(Genre, required=True)
    director = fields.Nested(Director, required=True)


class MovieDetail(Movie):
    """A film on its own."""

    favorites_count = fields.Integer(
        required=True, metadata={"description": "How many users like it.", "example": 3}
    )
    is_favorite = fields.Boolean(
        required=True,
        allow_none=True,
        metadata={"description": "Whether you like it; null if you are not signed in."},
    )


class User(Output):
    """An account, as its owner sees it."""

    id = fields.Integer(required=True, metadata={"example": 1})
    email = fields.String(required=True, metadata={"example": DEMO_EMAIL})
    name = fields.String(required=True, allow_none=True, metadata={"example": "Анна"})
    surname = fields.String(required=True, allow_none=True, metadata={"example": "Иванова"})
    favorite_genre = FavoriteGenre(metadata=_GENRE)
    favourite_genre = FavoriteGenre(metadata=_SAME_GENRE)


class TokenPair(Output):
    """An access token for requests, and a refresh token for the next pair."""

    access_token = fields.String(required=True, metadata=_TOKEN)
    refresh_token = fields.String(required=True, metadata=_TOKEN)


class Credentials(Schema):
    """An e-mail address and a password to sign in with."""

    email = EmailAddress(required=True, metadata={"example": DEMO_EMAIL, "format": "email"})
    password = CurrentPassword(example=DEMO_PASSWORD)


class Registration(Schema):
    """An e-mail address and a password for a new account."""

    email = EmailAddress(required=True, metadata={"example": "anna@example.com", "format": "email"})
    password = NewPassword(metadata={"example": "a long sentence is a good one"})


class PasswordChange(Schema):
    old_password = CurrentPassword(example=_YOUR_PASSWORD)
    new_password = NewPassword(metadata={"example": "another sentence, longer still"})


class AccountDeletion(Schema):
    """The password, to confirm the deletion."""

    password = CurrentPassword(example=_YOUR_PASSWORD)


class Tokens(Schema):
    """A token pair to exchange; the access token may have expired."""

    access_token = fields.String(required=True, validate=Length(min=1), metadata=_TOKEN)
    refresh_token = fields.String(required=True, validate=Length(min=1), metadata=_TOKEN)


class ProfileChanges(Schema):
    """Changes of the profile. Missing fields stay as they are; null clears a field."""

    name = Name(metadata={"example": "Анна"})
    surname = Name(metadata={"example": "Иванова"})
    favorite_genre = GenreId(metadata=_GENRE)
    favourite_genre = GenreId(metadata=_SAME_GENRE)

    @post_load
    def _name_the_genre(self, changes: dict[str, Any], **_: Any) -> dict[str, Any]:
        given = {changes.pop(name) for name in _GENRE_NAMES if name in changes}
        if len(given) > 1:
            raise ValidationError("favorite_genre and favourite_genre differ.", "favorite_genre")
        if given:
            changes["favorite_genre_id"] = given.pop()
        return changes

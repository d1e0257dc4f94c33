"""What the small backend can choose, and the people it knows."""

import hashlib
from dataclasses import dataclass, field
from typing import Literal


@dataclass(frozen=True)
class Choices:
    registered: int = 201
    patched: Literal[200, 204] = 200
    genre_field: Literal["favorite_genre", "favourite_genre"] = "favorite_genre"
    genre_shown: Literal["id", "name", "object"] = "id"
    slash: Literal["both", "with", "without", "redirect"] = "both"
    html_errors: bool = False
    nothing: Literal[200, 404] = 200
    """For an empty page, and for somebody without favorites."""
    repeated: int = 200
    """For a favorite that is one already."""
    echoes_origin: bool = False
    favorite: Literal["film", "row", "nested", "id"] = "film"
    refusal: int = 401
    openapi: Literal["/swagger.json", "/openapi.json", "/static/spec.json"] = "/swagger.json"
    tokens: Literal["jwt", "opaque"] = "jwt"
    access_seconds: int = 900
    registrations_an_address: int | None = None
    """How many a client's address is allowed."""
    answer_seconds: float = 0.0


class RefusedError(Exception):
    def __init__(self, status: int, message: str = "No.") -> None:
        super().__init__(message)
        self.status = status


@dataclass
class User:
    id: int
    email: str
    hash: str
    name: str | None = None
    surname: str | None = None
    genre: int | None = None
    favorites: list[int] = field(default_factory=list)
    old_hashes: list[str] = field(default_factory=list)

    def opens(self, password: str) -> bool:
        return self.hash == hash_of(password)


def hash_of(password: str) -> str:
    return hashlib.sha256(f"salt {password}".encode()).hexdigest()

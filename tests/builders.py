"""Rows with sensible values; a test says only what it is about."""

from __future__ import annotations

from itertools import count
from typing import Any

from dao.models import Director, Genre, Movie, User
from helpers.text import fold

_numbers = count(1)


def a_genre(**columns: Any) -> Genre:
    return Genre(**{"name": f"Genre {next(_numbers)}", **columns})


def a_director(**columns: Any) -> Director:
    number = next(_numbers)
    row = {"name": f"Director {number}", "source": "test", "external_id": str(number)}
    return Director(**{**row, **columns})


def a_movie(**columns: Any) -> Movie:
    """A film; its genre and director are new ones unless they are given."""
    number = next(_numbers)
    title = columns.get("title", f"Film {number}")
    row = {
        "title": title,
        "folded_title": fold(title),
        "description": "Somebody goes somewhere.",
        "trailer": "",
        "year": 2000,
        "rating": 7.5,
        "source": "test",
        "external_id": str(number),
    }
    if "genre_id" not in columns:
        row["genre"] = a_genre()
    if "director_id" not in columns:
        row["director"] = a_director()
    return Movie(**{**row, **columns})


def a_user(**columns: Any) -> User:
    row = {"email": f"user{next(_numbers)}@example.com", "password_hash": "no hash at all"}
    return User(**{**row, **columns})

"""Every path of the API with its methods, and which of them are protected."""

from __future__ import annotations

from typing import Any

import httpx

from tests.contract.notebook import CannotCheckError

METHODS: dict[str, set[str]] = {
    "/movies/": {"GET"},
    "/movies/{film}/": {"GET"},
    "/genres/": {"GET"},
    "/genres/{genre}/": {"GET"},
    "/directors/": {"GET"},
    "/directors/{director}/": {"GET"},
    "/auth/register/": {"POST"},
    "/auth/login/": {"POST", "PUT", "DELETE"},
    "/user/": {"GET", "PATCH", "DELETE"},
    "/user/password/": {"PUT"},
    "/favorites/movies/": {"GET"},
    "/favorites/movies/{film}/": {"GET", "POST", "DELETE"},
}

PROTECTED = [
    ("DELETE", "/auth/login/"),
    ("GET", "/user/"),
    ("PATCH", "/user/"),
    ("DELETE", "/user/"),
    ("PUT", "/user/password/"),
    ("GET", "/favorites/movies/"),
    ("GET", "/favorites/movies/{film}/"),
    ("POST", "/favorites/movies/{film}/"),
    ("DELETE", "/favorites/movies/{film}/"),
]

# Logging out, and reading one favorite, are not in the brief.
PROTECTED_BY_THE_BRIEF = [
    request
    for request in PROTECTED
    if request
    not in {
        ("DELETE", "/auth/login/"),
        ("DELETE", "/user/"),
        ("GET", "/favorites/movies/{film}/"),
    }
]

# A page is enough to compare, however large the catalogue; elsewhere the parameter is ignored.
ONE_PAGE = {"page": 1}

PUBLIC_READS = [path for path in METHODS if path.startswith(("/movies", "/genres", "/directors"))]


def allowed(path: str) -> set[str]:
    """Return what `Allow` says for a path: HEAD goes with GET, OPTIONS with everything."""
    methods = METHODS[path]
    return methods | {"OPTIONS"} | ({"HEAD"} if "GET" in methods else set())


def allow(response: httpx.Response) -> set[str]:
    """Return the methods that an answer names in `Allow`."""
    return set(response.headers.get("Allow", "").replace(" ", "").split(","))


def filled(path: str, film: dict[str, Any]) -> str:
    """Return a path with the ids of a film, its genre and its director."""
    return path.format(
        film=film["id"],
        genre=part_id(film, "genre") if "{genre}" in path else None,
        director=part_id(film, "director") if "{director}" in path else None,
    )


def part_id(film: dict[str, Any], kind: str) -> int:
    """Return the id of a film's genre or director."""
    part = film.get(kind)
    if not isinstance(part, dict) or "id" not in part:
        raise CannotCheckError(f"the films of this server have no `{kind}` with an `id` in them")
    found: int = part["id"]
    return found


def forms(path: str) -> tuple[str, str]:
    """Return the path as the front end writes it and as the brief does."""
    return path, path.rstrip("/")

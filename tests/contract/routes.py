"""Every path of the API with its methods, and which of them are protected."""

from __future__ import annotations

from tests.contract.client import Json

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

# A page is enough to compare, however large the catalogue; elsewhere the parameter is ignored.
ONE_PAGE = {"page": 1}

PUBLIC_READS = [path for path in METHODS if path.startswith(("/movies", "/genres", "/directors"))]


def allowed(path: str) -> set[str]:
    """Return what `Allow` says for a path: HEAD goes with GET, OPTIONS with everything."""
    methods = METHODS[path]
    return methods | {"OPTIONS"} | ({"HEAD"} if "GET" in methods else set())


def filled(path: str, film: Json) -> str:
    """Return a path with the ids of a film, its genre and its director."""
    return path.format(film=film["id"], genre=film["genre"]["id"], director=film["director"]["id"])


def forms(path: str) -> tuple[str, str]:
    """Return the path as the front end writes it and as the brief does."""
    return path, path.rstrip("/")

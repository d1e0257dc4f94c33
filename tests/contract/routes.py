"""The table of routes. Rules for all routes are tested with each of its rows."""

from dataclasses import dataclass
from typing import Any

import httpx

PAGES = ("page", "per_page")
FILTERS = ("director_id", "year", "year_from", "year_to")
GENRES = ("favorite_genre", "favourite_genre")


@dataclass(frozen=True)
class Route:
    """A method of a path: its parameters, and the status of a successful response."""

    method: str
    path: str
    status: int = 200
    is_protected: bool = False
    query_numbers: tuple[str, ...] = ()
    query_texts: tuple[str, ...] = ()
    # A valid request body has a value for the last of these fields.
    text_fields: tuple[str, ...] = ()
    number_fields: tuple[str, ...] = ()
    takes_forms: bool = False

    def __str__(self) -> str:
        return f"{self.method} {self.path}"


_CREDENTIALS = ("email", "password")
_TOKENS = ("access_token", "refresh_token")
_PASSWORDS = ("old_password", "new_password")

ROUTES = (
    Route(
        "GET",
        "/movies/",
        query_numbers=(*PAGES, *FILTERS),
        query_texts=("status", "sort", "q", "genre_id", "rating_from"),
    ),
    Route("GET", "/movies/{film}/"),
    Route("GET", "/movies/{film}/poster.svg"),
    Route("GET", "/genres/", query_numbers=PAGES, query_texts=("q",)),
    Route("GET", "/genres/{genre}/"),
    Route("GET", "/directors/", query_numbers=PAGES, query_texts=("q",)),
    Route("GET", "/directors/{director}/"),
    Route("POST", "/auth/register/", status=201, text_fields=_CREDENTIALS, takes_forms=True),
    Route("POST", "/auth/login/", text_fields=_CREDENTIALS, takes_forms=True),
    Route("PUT", "/auth/login/", text_fields=_TOKENS),
    Route("DELETE", "/auth/login/", is_protected=True, status=204),
    Route("GET", "/user/", is_protected=True),
    Route(
        "PATCH", "/user/", is_protected=True, text_fields=("name", "surname"), number_fields=GENRES
    ),
    Route(
        "DELETE",
        "/user/",
        is_protected=True,
        status=204,
        text_fields=("password",),
    ),
    Route("PUT", "/user/password/", is_protected=True, status=204, text_fields=_PASSWORDS),
    Route("GET", "/favorites/movies/", is_protected=True, query_numbers=PAGES),
    Route("GET", "/favorites/movies/ids/", is_protected=True, query_numbers=PAGES),
    Route("GET", "/favorites/movies/{film}/", is_protected=True),
    Route("POST", "/favorites/movies/{film}/", is_protected=True),
    Route("DELETE", "/favorites/movies/{film}/", is_protected=True, status=204),
)

METHODS: dict[str, set[str]] = {
    route.path: {other.method for other in ROUTES if other.path == route.path} for route in ROUTES
}
PROTECTED = [route for route in ROUTES if route.is_protected]
TAKING_BODIES = [route for route in ROUTES if route.text_fields]
PUBLIC_READS = [route.path for route in ROUTES if route.method == "GET" and not route.is_protected]

# One page is enough to compare, however large the catalogue. Other paths ignore the parameter.
ONE_PAGE = {"page": 1}
NO_ID = 2**31 - 1


def allowed(path: str) -> set[str]:
    """Return the expected `Allow` of a path: GET implies HEAD, and OPTIONS is always allowed."""
    methods = METHODS[path]
    return methods | {"OPTIONS"} | ({"HEAD"} if "GET" in methods else set())


def allow(response: httpx.Response) -> set[str]:
    """Return the methods in the `Allow` header."""
    return set(response.headers.get("Allow", "").replace(" ", "").split(","))


def filled(path: str, film: dict[str, Any]) -> str:
    """Return the path with the ids of a film, its genre and its director."""
    ids = {part: film[part]["id"] for part in ("genre", "director") if f"{{{part}}}" in path}
    return path.format(film=film["id"], **ids)

"""Favorites of somebody, and which film an entry of their list is about."""

from typing import Any

from grader.expectations import Record
from grader.model import BlockedError, BrokenError, CannotShowError
from grader.people import Person
from grader.server import Server

_IDS = ("movie_id", "film_id", "movieId", "filmId", "movie", "film", "id")
LISTED = "“{title}” is on the list"


def path_of(movie: Record) -> str:
    return f"/favorites/movies/{movie['id']}/"


def some_movies(server: Server, number: int) -> list[Record]:
    """Return films that can be told apart."""
    titles = [str(movie.get("title")) for movie in server.listed("/movies/")]
    movies = [
        movie for movie in server.filled("/movies/") if titles.count(str(movie.get("title"))) == 1
    ]
    if len(movies) < number:
        raise CannotShowError("too few films that can be told apart")
    return movies[:number]


def add(server: Server, person: Person, *movies: Record) -> list[Any]:
    """Add favorites for a promise that is about something else, and return the list."""
    try:
        responses = [person.send("POST", path_of(movie)) for movie in movies]
        entries, _ = server.favorites_of(person)
    except BrokenError:
        raise BlockedError("favorites") from None
    is_added = all(response.is_success for response in responses)
    if not (is_added and all(count(entries, movie) for movie in movies)):
        raise BlockedError("favorites")
    return entries


def count(entries: list[Any], movie: Record) -> int:
    """Return how often a film is in a list."""
    return sum(_is_movie(entry, movie) for entry in entries)


def which(entries: list[Any], movies: list[Record]) -> list[tuple[str]]:
    """Return which of the films each entry is."""
    return [
        (next((str(movie["id"]) for movie in movies if _is_movie(entry, movie)), "?"),)
        for entry in entries
    ]


def _is_movie(entry: Any, movie: Record) -> bool:
    """Whether an entry is about a film; its `id` may be that of a row if it says more."""
    if not isinstance(entry, dict):
        return str(entry) in {str(movie["id"]), str(movie.get("title"))}
    for value in (entry, *entry.values()):
        if isinstance(value, dict) and "title" in value:
            return bool(value["title"] == movie.get("title"))
    value = entry.get(next((name for name in _IDS if name in entry), ""))
    return _is_movie(value, movie) if isinstance(value, dict) else str(value) == str(movie["id"])

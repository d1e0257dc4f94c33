"""What a catalogue file says, whatever its format."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field

# Told how far a step is: its name, what is done, and of how much.
Progress = Callable[[str, int, int], None]

# How many films are read between two reports of progress.
_MOVIES = 5_000


class CatalogueError(ValueError):
    """A catalogue file is broken; the text names the file and, where there is one, the line."""


@dataclass(frozen=True, kw_only=True)
class CatalogueMovie:
    """A film of a file.

    `external_id` and `director_id` are the file's own ids, and `genre` is a name. Every other field
    is a column of `Movie` that an import writes, and only here is it listed.
    """

    external_id: str
    genre: str
    director_id: str
    title: str
    description: str = ""
    trailer: str = ""
    year: int
    rating: float | None = None


@dataclass(frozen=True)
class Catalogue:
    """`source` tells files of different places apart; `directors` are names by the file's id.

    There are `size` films in `movies`, which may be a stream that can be read once. `skipped`
    counts the rows that were left out, by reason.
    """

    source: str
    genres: Iterable[str]
    directors: Mapping[str, str]
    movies: Iterable[CatalogueMovie]
    size: int
    skipped: Counter[str] = field(default_factory=Counter)

    def checked(self, progress: Progress) -> Iterator[CatalogueMovie]:
        """Yield the films, and tell how far that is. Raises CatalogueError."""
        for number, movie in enumerate(self.movies, start=1):
            yield movie
            if number % _MOVIES == 0 or number == self.size:
                progress("Checking films", number, self.size)

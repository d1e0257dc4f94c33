"""What a catalogue file says, whatever its format."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field

# Told how far a step is: its name, what is done, and of how much.
Progress = Callable[[str, int, int], None]

# How many films are read between two reports of progress.
_MOVIES = 5_000


def printable(text: str) -> str:
    """Return the text with escapes for whatever could move the cursor of a terminal."""
    return "".join(
        character if character.isprintable() else ascii(character)[1:-1] for character in text
    )


class CatalogueError(ValueError):
    """A catalogue file is broken; the text names the file and, where there is one, the line."""

    def __init__(self, text: str) -> None:
        super().__init__(printable(text))


class Tally(Counter[str]):
    """How many rows are concerned, by reason, and where the first one of each is."""

    def __init__(self) -> None:
        super().__init__()
        self.first: dict[str, str] = {}

    def note(self, reason: str, place: str, rows: int = 1) -> None:
        self[reason] += rows
        self.first.setdefault(reason, place)

    def lines(self) -> Iterator[str]:
        """Yield what there is to tell of each reason, the most frequent one first."""
        for reason, rows in self.most_common():
            yield f"{rows}: {reason}; the first is {self.first[reason]}."


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
    poster: str = ""
    year: int
    rating: float | None = None


@dataclass(frozen=True)
class Catalogue:
    """`source` tells files of different places apart; `directors` are names by the file's id.

    There are `size` films in `movies`, which may be a stream that can be read once. `skipped`
    counts the rows that were left out, and `dropped` films that lost a part of what the file says.
    """

    source: str
    genres: Iterable[str]
    directors: Mapping[str, str]
    movies: Iterable[CatalogueMovie]
    size: int
    skipped: Tally = field(default_factory=Tally)
    dropped: Tally = field(default_factory=Tally)

    def checked(self, progress: Progress) -> Iterator[CatalogueMovie]:
        """Yield the films, and tell how far that is. Raises CatalogueError."""
        for number, movie in enumerate(self.movies, start=1):
            yield movie
            if number % _MOVIES == 0 or number == self.size:
                progress("Checking films", number, self.size)

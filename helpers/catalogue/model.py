"""The content of a catalogue file, regardless of its format."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field

# Called with the name of a step, the amount done and the total.
Progress = Callable[[str, int, int], None]

# Films between two reports of progress.
_MOVIES = 5_000


def printable(text: str) -> str:
    """Escape the characters that are not printable, which could control a terminal."""
    return "".join(
        character if character.isprintable() else ascii(character)[1:-1] for character in text
    )


class CatalogueError(ValueError):
    """A catalogue file is broken. The text names the file and, if known, the line."""

    def __init__(self, text: str) -> None:
        super().__init__(printable(text))


class Tally(Counter[str]):
    """Counts rows by reason, and remembers the place of the first row for each reason."""

    def __init__(self) -> None:
        super().__init__()
        self.first: dict[str, str] = {}

    def note(self, reason: str, place: str, rows: int = 1) -> None:
        self[reason] += rows
        self.first.setdefault(reason, place)

    def lines(self) -> Iterator[str]:
        """Yield a line for each reason, the most frequent one first."""
        for reason, rows in self.most_common():
            yield f"{rows}: {reason}; the first is {self.first[reason]}."


@dataclass(frozen=True, kw_only=True)
class CatalogueMovie:
    """A film of a file.

    `external_id` and `director_id` are ids within the file, and `genre` is a name. Every other
    field is a column of `Movie` that an import writes. There is no other list of these columns.
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
    """The content of a file.

    `source` distinguishes equal ids of different origins. `directors` has names by the file's ids.
    `movies` has `size` films, and may be a stream that can be read once. `skipped` counts rows that
    were left out, and `dropped` counts values that were left out of films.
    """

    source: str
    genres: Iterable[str]
    directors: Mapping[str, str]
    movies: Iterable[CatalogueMovie]
    size: int
    skipped: Tally = field(default_factory=Tally)
    dropped: Tally = field(default_factory=Tally)

    def checked(self, progress: Progress) -> Iterator[CatalogueMovie]:
        """Yield the films and report progress. Raises CatalogueError."""
        for number, movie in enumerate(self.movies, start=1):
            yield movie
            if number % _MOVIES == 0 or number == self.size:
                progress("Checking films", number, self.size)

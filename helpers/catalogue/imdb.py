"""Reading a catalogue from four of IMDb's public tables.

The tables have millions of rows in no guaranteed order. They are joined in a temporary database on
disk, so that memory holds only the names of directors.
"""

import re
import sqlite3
from collections.abc import Collection, Iterator
from contextlib import closing, contextmanager
from functools import lru_cache, partial
from pathlib import Path

from constants import CREDIT_LENGTH, EXTERNAL_ID_LENGTH, RATING_MAX, TITLE_LENGTH, YEAR_MAX
from helpers.catalogue.model import Catalogue, CatalogueError, CatalogueMovie, Progress, Tally
from helpers.catalogue.tsv import NULL, Table

SOURCE = "imdb"
DEFAULT_KINDS = ("movie",)

# The genre of films without one, and the name and id of the director of films without one.
UNKNOWN = "Unknown"
UNKNOWN_ID = "unknown"

_TITLE_ID = re.compile(f"tt[0-9]{{7,{EXTERNAL_ID_LENGTH - 2}}}")
_NAME_ID = re.compile(f"nm[0-9]{{7,{EXTERNAL_ID_LENGTH - 2}}}")
_YEAR = re.compile(r"[0-9]{1,4}")
_RATING = re.compile(r"[0-9]{1,2}(\.[0-9]{1,6})?")

_TABLE = """
PRAGMA journal_mode = OFF;
PRAGMA cache_size = -32000;
CREATE TABLE movies (
    line INTEGER PRIMARY KEY, tconst TEXT UNIQUE, title TEXT, year INTEGER, genre TEXT,
    repeated INTEGER, nconst TEXT, rating REAL
);
BEGIN;
"""
_ADD_MOVIE = """
INSERT INTO movies (line, tconst, title, year, genre) VALUES (?, ?, ?, ?, ?)
ON CONFLICT (tconst) DO UPDATE SET repeated = coalesce(repeated, excluded.line)
"""
_SET_DIRECTOR = "UPDATE movies SET nconst = ? WHERE tconst = ? AND nconst IS NULL"
_SET_RATING = "UPDATE movies SET rating = ? WHERE tconst = ? AND rating IS NULL"

# An error about missing kinds lists at most this many others, and as many characters of each.
_KINDS = 50

_BASICS = (
    *("tconst", "titleType", "primaryTitle", "originalTitle", "isAdult"),
    *("startYear", "endYear", "runtimeMinutes", "genres"),
)
_CREW = ("tconst", "directors", "writers")
_RATINGS = ("tconst", "averageRating", "numVotes")
_NAMES = (
    *("nconst", "primaryName", "birthYear", "deathYear"),
    *("primaryProfession", "knownForTitles"),
)


@contextmanager
def read(folder: Path, kinds: Collection[str], progress: Progress) -> Iterator[Catalogue]:
    """Read and check all four tables, and keep titles whose `titleType` is in `kinds`.

    The first of several rows with the same id counts. The films can be read once, inside the
    context, in the order of the file. Raises CatalogueError.
    """
    # A database without a name is a temporary file, which SQLite deletes when it is closed.
    with closing(sqlite3.connect("", isolation_level=None)) as joined:
        try:
            joined.executescript(_TABLE)
            yield _Reader(folder, joined, progress).catalogue(frozenset(kinds))
        except sqlite3.Error as error:
            raise CatalogueError(f"{folder}: the files could not be joined: {error}.") from error


class _Reader:
    def __init__(self, folder: Path, joined: sqlite3.Connection, progress: Progress) -> None:
        self._joined = joined
        self._skipped = Tally()
        table = partial(Table, folder, skipped=self._skipped, progress=progress)
        self._basics = table("title.basics", _BASICS)
        self._crew = table("title.crew", _CREW)
        self._ratings = table("title.ratings", _RATINGS)
        self._names = table("name.basics", _NAMES)
        self._genres: dict[str, None] = {}  # An ordered set.
        self._kinds: set[str] = set()

    def catalogue(self, kinds: frozenset[str]) -> Catalogue:
        movies = self._join_movies(kinds)
        # Most rows of both tables belong to titles of other kinds, and update nothing.
        credited = self._joined.executemany(_SET_DIRECTOR, self._first_directors()).rowcount
        self._joined.executemany(_SET_RATING, self._rated())
        names = self._names_of_directors()
        directors = {nconst: name for nconst, name in names.items() if name is not None}
        if credited < movies or len(directors) < len(names):
            directors[UNKNOWN_ID] = UNKNOWN
        return Catalogue(
            SOURCE, self._genres, directors, self._movies(directors), movies, self._skipped
        )

    def _join_movies(self, kinds: frozenset[str]) -> int:
        """Insert the films, and return how many there are."""
        rows = self._joined.executemany(_ADD_MOVIE, self._wanted(kinds)).rowcount
        if absent := kinds - self._kinds:
            missing = ", ".join(sorted(absent))
            given = ", ".join(sorted(kind[:_KINDS] for kind in self._kinds)) or "none"
            raise self._basics.broken(f"there is no title of the kind {missing}, only of {given}")
        [(movies, repeated)] = self._joined.execute("SELECT count(*), min(repeated) FROM movies")
        if repeated:
            self._basics.skip("repeated id", rows - movies, repeated)
        return int(movies)

    def _wanted(self, kinds: frozenset[str]) -> Iterator[tuple[int, str, str, int, str]]:
        skip = self._basics.skip
        for tconst, kind, title, _, _, year, _, _, genres in self._basics:
            if kind in kinds or len(self._kinds) < _KINDS:
                self._kinds.add(kind)
            if kind not in kinds:
                continue
            genre = genres.partition(",")[0]
            if not _TITLE_ID.fullmatch(tconst):
                skip("no id of a title")
            elif year == NULL:
                skip("no year")
            elif not _YEAR.fullmatch(year) or not 1 <= int(year) <= YEAR_MAX:
                skip("not a year")
            elif title in ("", NULL):
                skip("no title")
            elif not _is_text(title, TITLE_LENGTH):
                skip("title too long, or with U+0000")
            elif not _is_text(genre, CREDIT_LENGTH):
                skip("genre too long, or with U+0000")
            else:
                genre = UNKNOWN if genre in ("", NULL) else genre
                self._genres[genre] = None
                yield self._basics.line, tconst, title, int(year), genre

    def _first_directors(self) -> Iterator[tuple[str, str]]:
        for tconst, directors, _ in self._crew:
            nconst = directors.partition(",")[0]
            if _NAME_ID.fullmatch(nconst):
                yield nconst, tconst
            elif directors not in ("", NULL):
                self._crew.skip("no id of a person")

    def _rated(self) -> Iterator[tuple[float, str]]:
        for tconst, text, _ in self._ratings:
            rating = _rating(text)
            if rating is None:
                self._ratings.skip("not a rating")
            else:
                yield rating, tconst

    def _names_of_directors(self) -> dict[str, str | None]:
        """Return the names of directors by id. A director without a valid name has None."""
        directors = self._joined.execute(
            "SELECT nconst FROM movies WHERE nconst IS NOT NULL ORDER BY tconst"
        )
        names: dict[str, str | None] = dict.fromkeys(nconst for (nconst,) in directors)
        for nconst, name, *_ in self._names:
            if nconst not in names or names[nconst] is not None:
                continue
            if name not in ("", NULL) and _is_text(name, CREDIT_LENGTH):
                names[nconst] = name
            else:
                self._names.skip("no name, a name too long, or with U+0000")
        return names

    def _movies(self, directors: dict[str, str]) -> Iterator[CatalogueMovie]:
        rows = self._joined.execute(
            "SELECT tconst, title, year, rating, genre, nconst FROM movies ORDER BY line"
        )
        for tconst, title, year, rating, genre, nconst in rows:
            yield CatalogueMovie(
                external_id=tconst,
                genre=genre,
                director_id=nconst if nconst in directors else UNKNOWN_ID,
                title=title,
                year=year,
                rating=rating,
            )


def _is_text(text: str, most: int) -> bool:
    return len(text) <= most and "\0" not in text  # PostgreSQL does not store U+0000.


@lru_cache(maxsize=1000)
def _rating(text: str) -> float | None:
    if _RATING.fullmatch(text) and float(text) <= RATING_MAX:
        return float(text)
    return None

"""Staging the rows of a file in temporary tables, and comparing them with the catalogue."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice
from typing import Any

from sqlalchemy import Table, insert, or_, select

from dao.base import visible
from dao.importing.base import ImportDAO
from dao.importing.tables import (
    NEW,
    STAGED,
    WRITTEN_VALUES,
    changed_movies,
    is_of,
    is_staged,
    metadata,
    renamed_directors,
)
from dao.models import Director, Genre, Movie
from helpers.catalogue import CatalogueMovie
from helpers.text import fold

# Rows of one statement.
_BATCH = 1000

# A file has many films and few genres.
_fold_genre = lru_cache(fold)


@dataclass(frozen=True, kw_only=True)
class Differences:
    """The number of films in a file, and of rows that are new or change an existing one."""

    movies: int
    new_genres: int = 0
    new_directors: int = 0
    renamed_directors: int = 0
    new_movies: int = 0
    changed_movies: int = 0
    retitled_movies: int = 0

    @property
    def any(self) -> bool:
        """Whether the file adds or changes anything."""
        return any(number for name, number in vars(self).items() if name != "movies")


class StagingDAO(ImportDAO):
    def prepare(self) -> None:
        """Create the temporary tables."""
        metadata.create_all(self._session.connection(), checkfirst=False)

    def stage_genres(self, names: Iterable[str]) -> None:
        """Stage genres. The first of several names that fold to the same text counts."""
        first: dict[str, str] = {}
        for name in names:
            first.setdefault(fold(name), name)
        rows = ({"name": name, "folded_name": folded} for folded, name in first.items())
        self._stage(STAGED[Genre], rows)

    def stage_directors(self, names: Iterable[tuple[str, str]]) -> None:
        """Stage directors, given as pairs of an id within the file and a name."""
        rows = (
            {"external_id": key, "name": name, "folded_name": fold(name)} for key, name in names
        )
        self._stage(STAGED[Director], rows)

    def stage_movies(self, movies: Iterable[CatalogueMovie]) -> None:
        rows = (
            {**vars(movie), "genre": _fold_genre(movie.genre), "folded_title": fold(movie.title)}
            for movie in movies
        )
        self._stage(STAGED[Movie], rows)

    def compare(self, source: str) -> Differences:
        """Find new and changed rows. Invisible rows of the catalogue do not count."""
        names = [table.name for table in STAGED.values()]
        self._engine.analyze(self._session.connection(), names)
        for model, staged in STAGED.items():
            known = select(model.id).where(is_staged(model, source), visible(model))
            numbers = select(staged.c.number).where(~known.exists()).order_by(staged.c.number)
            self._run(insert(NEW[model]).from_select(["number"], numbers))
        self._find_renamed(source)
        self._find_changed(source)
        return Differences(
            movies=self._count(STAGED[Movie]),
            new_genres=self._count(NEW[Genre]),
            new_directors=self._count(NEW[Director]),
            renamed_directors=self._count(renamed_directors),
            new_movies=self._count(NEW[Movie]),
            changed_movies=self._count(changed_movies),
            retitled_movies=self._count(changed_movies, changed_movies.c.retitled),
        )

    def _find_renamed(self, source: str) -> None:
        directors = STAGED[Director]
        renamed = (
            select(Director.id, directors.c.number)
            .join(directors, is_staged(Director, source))
            .where(visible(Director), Director.name != directors.c.name)
        )
        self._run(insert(renamed_directors).from_select(["id", "number"], renamed))

    def _find_changed(self, source: str) -> None:
        movies = STAGED[Movie]
        # The id of a new genre or director is null, which is distinct from every id.
        differs = {
            name: getattr(Movie, name).is_distinct_from(value)
            for name, value in WRITTEN_VALUES.items()
        }
        rating_differs = differs.pop("rating")
        more_differs = or_(*differs.values())
        changed = (
            select(Movie.id, movies.c.number, ~more_differs, differs["folded_title"])
            .join_from(movies, Movie, is_staged(Movie, source))
            .outerjoin(Genre, Genre.folded_name == movies.c.genre)
            .outerjoin(Director, is_of(Director, source, movies.c.director_id))
            .where(visible(Movie), or_(rating_differs, more_differs))
        )
        columns = ["id", "number", "in_rating_only", "retitled"]
        self._run(insert(changed_movies).from_select(columns, changed))

    def _stage(self, table: Table, rows: Iterable[dict[str, Any]]) -> None:
        iterator = iter(rows)
        while batch := list(islice(iterator, _BATCH)):
            self._execute(insert(table), batch)

"""Loading catalogues."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import asdict, dataclass

from dao.catalogue import CatalogueDAO
from helpers.catalogue import Catalogue
from helpers.text import fold


@dataclass(frozen=True)
class LoadReport:
    """How many films a file had, and how many of them were not there before."""

    read: int
    added: int


class CatalogueService:
    """`clock` gives microseconds since the epoch."""

    def __init__(
        self,
        rows: CatalogueDAO,
        transaction: Callable[[], AbstractContextManager[None]],
        clock: Callable[[], int],
    ) -> None:
        self._rows = rows
        self._transaction = transaction
        self._clock = clock

    def revision(self) -> int:
        """Return a number that changes whenever an import has changed the catalogue."""
        return self._rows.revision()

    def is_empty(self) -> bool:
        """Return whether there is no film at all."""
        return self._rows.is_empty()

    def load(self, catalogue: Catalogue) -> LoadReport:
        """Merge a catalogue into ours, all or nothing.

        Loading again updates; our ids and the favorites stay, and so does what it no longer has.
        """
        with self._transaction():
            before = self._rows.count()
            genre_ids = self._rows.put_genres(catalogue.genres)
            director_ids = self._rows.put_directors(catalogue.source, catalogue.directors)
            rows = []
            for film in catalogue.films:
                row = asdict(film)
                row["source"] = catalogue.source
                row["folded_title"] = fold(film.title)
                row["genre_id"] = genre_ids[row.pop("genre")]
                row["director_id"] = director_ids[film.director_id]
                rows.append(row)
            self._rows.put_movies(rows)
            added = self._rows.count() - before
            self._rows.publish(self._clock())
        return LoadReport(read=len(rows), added=added)

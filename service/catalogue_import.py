"""Importing catalogues."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from functools import partial
from time import perf_counter

from dao.catalogue import CatalogueDAO
from dao.importing import Differences, MergeDAO, StagingDAO
from helpers.catalogue import Catalogue, Progress
from service.errors import Conflict

# How long a batch may keep others from writing, in seconds, and how much of that they then have
# for themselves.
HELD_SECONDS = 0.08
PAUSE = 1 / 3

# Rows of a batch: at first the fewest, and then as many as the time allows. With fewer still, a
# busy machine would spend more on each row.
FEWEST = 500
MOST = 20_000


@dataclass(frozen=True)
class Report:
    """How many films a file has, what became of them, and the rows left out, by reason."""

    read: int
    added: int
    updated: int
    skipped: Counter[str]

    @property
    def unchanged(self) -> int:
        return self.read - self.added - self.updated


class ImportService:
    """Merges catalogues into ours. `clock` gives microseconds since the epoch.

    `exclusive_lock` keeps other imports from beginning, and gives False where one is running.
    `staging_transaction` is for temporary tables, and leaves the write lock to others.
    """

    def __init__(
        self,
        staging: StagingDAO,
        merge: MergeDAO,
        catalogue: CatalogueDAO,
        exclusive_lock: Callable[[], AbstractContextManager[bool]],
        transaction: Callable[[], AbstractContextManager[None]],
        staging_transaction: Callable[[], AbstractContextManager[None]],
        clock: Callable[[], int],
        pause: Callable[[float], None],
    ) -> None:
        self._staging = staging
        self._merge = merge
        self._catalogue = catalogue
        self._exclusive_lock = exclusive_lock
        self._transaction = transaction
        self._staging_transaction = staging_transaction
        self._clock = clock
        self._pause = pause

    def load(self, catalogue: Catalogue, progress: Progress) -> Report:
        """Merge a catalogue into ours, all or nothing.

        Loading again updates; our ids and the favorites stay, and so does what it no longer has.
        Raises Conflict while another import is running, and what reading the catalogue raises.
        """
        with self._exclusive_lock() as is_ours:
            if not is_ours:
                raise Conflict("Another import is running. There may be only one at a time.")
            found = self._stage(catalogue, progress)
            for _ in self._batches(lambda _done, limit: self._merge.delete_invisible_rows(limit)):
                pass  # An import that did not come to its end has left them.
            if found.any:
                self._add(catalogue.source, found, progress)
                self._publish(catalogue.source, progress)
        return _report(catalogue, found)

    def compare(self, catalogue: Catalogue, progress: Progress) -> Report:
        """Tell what loading would do. Raises what reading the catalogue raises."""
        return _report(catalogue, self._stage(catalogue, progress))

    def _stage(self, catalogue: Catalogue, progress: Progress) -> Differences:
        """Read and check all of a catalogue, and find out how it differs from ours."""
        with self._staging_transaction():
            self._staging.prepare()
            self._staging.stage_genres(dict.fromkeys(catalogue.genres))
            self._staging.stage_directors(catalogue.directors.items())
            self._staging.stage_movies(catalogue.checked(progress))
        progress("Comparing", 0, 1)
        with self._staging_transaction():
            found = self._staging.compare(catalogue.source)
        progress("Comparing", 1, 1)
        return found

    def _add(self, source: str, found: Differences, progress: Progress) -> None:
        """Add what is new; nobody sees it yet."""
        with self._transaction():
            self._merge.freeze_visible_rows()
            self._merge.add_genres()
        for step, total, add in (
            ("Adding directors", found.new_directors, self._merge.add_directors),
            ("Adding films", found.new_movies, self._merge.add_movies),
        ):
            for done in self._batches(partial(add, source)) if total else ():
                progress(step, done, total)

    def _publish(self, source: str, progress: Progress) -> None:
        """Update what has changed and let everything be seen, at one moment."""
        progress("Publishing", 0, 1)
        with self._transaction():
            self._merge.update_directors()
            self._merge.update_movies(source)
            self._catalogue.publish(self._clock())
        progress("Publishing", 1, 1)

    def _batches(self, work: Callable[[int, int], int]) -> Iterator[int]:
        """Do work in short transactions until there is none left; yield how much is done.

        `work` is told how many rows are done and how many it may do, and returns how many it did.
        """
        is_in_the_way = self._merge.blocks_writers
        done, limit = 0, FEWEST if is_in_the_way else MOST
        while True:
            with self._transaction():
                began = perf_counter()
                rows = work(done, limit)
            held = perf_counter() - began
            if not rows:
                return
            done += rows
            yield done
            if is_in_the_way:
                self._pause(held * PAUSE)
                # At most twice as many as before: a short time says little about a long one.
                limit = min(max(int(limit * min(HELD_SECONDS / held, 2)), FEWEST), MOST)


def _report(catalogue: Catalogue, found: Differences) -> Report:
    return Report(found.movies, found.new_movies, found.changed_movies, catalogue.skipped)

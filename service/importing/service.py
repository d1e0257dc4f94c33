"""Importing catalogues."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from functools import partial

from dao.catalogue import CatalogueDAO
from dao.importing import Differences, MergeDAO, Others, RemovalDAO, StagingDAO
from helpers.catalogue import Catalogue, Progress
from service.errors import Conflict
from service.importing.batches import in_batches
from service.importing.report import Report, refuse_other_movies, report_of


class ImportService:
    """Merges catalogues into the database. `microseconds` returns the time since the epoch.

    `exclusive_lock` prevents other imports, and yields False if one is running.
    `staging_transaction` is for temporary tables, and does not take the write lock.
    """

    def __init__(
        self,
        staging: StagingDAO,
        merge: MergeDAO,
        removal: RemovalDAO,
        catalogue: CatalogueDAO,
        exclusive_lock: Callable[[], AbstractContextManager[bool]],
        transaction: Callable[[], AbstractContextManager[None]],
        staging_transaction: Callable[[], AbstractContextManager[None]],
        microseconds: Callable[[], int],
        pause: Callable[[float], None],
    ) -> None:
        self._staging = staging
        self._merge = merge
        self._removal = removal
        self._catalogue = catalogue
        self._exclusive_lock = exclusive_lock
        self._transaction = transaction
        self._staging_transaction = staging_transaction
        self._microseconds = microseconds
        self._pause = pause

    def load(
        self,
        catalogue: Catalogue,
        progress: Progress,
        *,
        force: bool = False,
        only: bool = False,
        confirm: Callable[[Others], None] = lambda _: None,
    ) -> Report:
        """Merge a catalogue into the database, all or nothing.

        Loading again updates films, and keeps their ids and favorites. Rows that the file does not
        have stay, too, unless `only` is set: then they are removed afterwards, in batches.
        `confirm` gets their counts before anything is written, and may raise to prevent it. Raises
        Conflict if another import is running, or if the file seems to be another catalogue and
        `force` is not set. Errors in the file are raised as well.
        """
        with self._exclusive_lock() as has_lock:
            if not has_lock:
                raise Conflict("Another import is running. There may be only one at a time.")
            found, others = self._examine(catalogue, progress, force=force, only=only)
            if others.any:
                confirm(others)
            for _ in self._batches(lambda _done, limit: self._merge.delete_invisible_rows(limit)):
                pass  # They are left from an import that did not finish.
            if found.any:
                self._add(catalogue.source, found, progress)
                self._publish(catalogue.source, progress)
            self._remove(others, progress)
        return report_of(catalogue, found, others)

    def compare(
        self, catalogue: Catalogue, progress: Progress, *, force: bool = False, only: bool = False
    ) -> Report:
        """Report what `load` would do. Raises the errors that `load` raises."""
        return report_of(catalogue, *self._examine(catalogue, progress, force=force, only=only))

    def _examine(
        self, catalogue: Catalogue, progress: Progress, *, force: bool, only: bool
    ) -> tuple[Differences, Others]:
        found = self._stage(catalogue, progress)
        if not force:
            refuse_other_movies(found)
        if not only:
            return found, Others()
        with self._staging_transaction():
            return found, self._removal.find_others(catalogue.source)

    def _stage(self, catalogue: Catalogue, progress: Progress) -> Differences:
        """Read and check a whole catalogue, and compare it with the database."""
        with self._staging_transaction():
            self._staging.prepare()
            self._staging.stage_genres(catalogue.genres)
            self._staging.stage_directors(catalogue.directors.items())
            self._staging.stage_movies(catalogue.checked(progress))
        progress("Comparing", 0, 1)
        with self._staging_transaction():
            found = self._staging.compare(catalogue.source)
        progress("Comparing", 1, 1)
        return found

    def _add(self, source: str, found: Differences, progress: Progress) -> None:
        """Add new rows, which are not visible yet."""
        with self._transaction():
            self._merge.freeze_visible_rows()
            self._merge.add_genres()
        add_directors = partial(self._merge.add_directors, source)
        self._step("Adding directors", found.new_directors, add_directors, progress)
        self._step(
            "Adding films", found.new_movies, partial(self._merge.add_movies, source), progress
        )

    def _publish(self, source: str, progress: Progress) -> None:
        """Update changed rows and make new ones visible, in one transaction."""
        progress("Publishing", 0, 1)
        with self._transaction():
            self._merge.update_directors()
            self._merge.update_movies(source)
            self._catalogue.publish(self._microseconds())
        progress("Publishing", 1, 1)

    def _remove(self, others: Others, progress: Progress) -> None:
        for name, total, delete in (
            ("films", others.movies, self._removal.delete_movies),
            ("directors", others.directors, self._removal.delete_directors),
            ("genres", others.genres, self._removal.delete_genres),
        ):
            self._step(f"Removing {name}", total, partial(self._delete, delete), progress)

    def _delete(self, delete: Callable[[int, int], int], done: int, limit: int) -> int:
        deleted = delete(done, limit)
        if deleted:
            self._catalogue.publish(self._microseconds())
        return deleted

    def _step(
        self, name: str, total: int, work: Callable[[int, int], int], progress: Progress
    ) -> None:
        for done in self._batches(work) if total else ():
            progress(name, done, total)

    def _batches(self, work: Callable[[int, int], int]) -> Iterator[int]:
        """Yield how many rows are done after each batch."""
        pause = self._pause if self._merge.blocks_writers else None
        return in_batches(work, self._transaction, pause)

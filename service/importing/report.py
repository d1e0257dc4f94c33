"""The report of an import."""

from dataclasses import dataclass

from dao.importing import Differences, Others
from helpers.catalogue import Catalogue, Tally
from service.errors import Conflict

# As many films as this may get another title, however few the file updates.
FEW_TITLES = 2


@dataclass(frozen=True)
class Report:
    """How many films a file has, what became of them, and what was left out, by reason.

    `others` are rows of ours that the file does not have, and that had to go.
    """

    read: int
    added: int
    updated: int
    skipped: Tally
    dropped: Tally
    others: Others

    @property
    def unchanged(self) -> int:
        return self.read - self.added - self.updated


def report_of(catalogue: Catalogue, found: Differences, others: Others) -> Report:
    counts = (found.movies, found.new_movies, found.changed_movies)
    return Report(*counts, catalogue.skipped, catalogue.dropped, others)


def refuse_other_movies(found: Differences) -> None:
    """Raise Conflict where a file seems to mean other films by the ids of ours.

    Two files without a source once had favorites point to films that nobody had chosen.
    """
    known = found.movies - found.new_movies
    if found.retitled_movies > max(FEW_TITLES, known / 2):
        raise Conflict(
            f"{found.retitled_movies} of the {known} films that this file updates would get "
            "another title, as if it were another catalogue's. Name a --source of its own, "
            "or have it done by --force."
        )

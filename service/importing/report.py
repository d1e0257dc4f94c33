"""The report of an import."""

from dataclasses import dataclass

from dao.importing import Differences, Others
from helpers.catalogue import Catalogue, Tally
from service.errors import Conflict

# This many films may get another title, however few the file updates.
FEW_TITLES = 2


@dataclass(frozen=True)
class Report:
    """Counts of a file's films, of what became of them, and of what was left out, by reason.

    `others` counts the rows that the file does not have, if they were to be removed.
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
    """Raise Conflict if the ids of a file seem to belong to another catalogue's films.

    Two files without a source once turned the favorites of users into other films.
    """
    known = found.movies - found.new_movies
    if found.retitled_movies > max(FEW_TITLES, known / 2):
        raise Conflict(
            f"{found.retitled_movies} of the {known} films that this file updates would get "
            "another title, as if it were another catalogue's. Name a --source of its own, "
            "or have it done by --force."
        )

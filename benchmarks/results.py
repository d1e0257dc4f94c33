"""Results, targets, and whether the targets are met."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from statistics import median
from textwrap import fill

# Line length of prose in the documents.
WIDTH = 100

# The costs of each side, in seconds, one for each round.
Series = Mapping[str, Sequence[float]]


@dataclass(frozen=True)
class Row:
    """A line of the table of targets. `measured` is None if the measurement failed."""

    engine: str
    what: str
    measured: float | None
    limit: float
    at_least: bool = False
    unit: str = "×"
    note: str = ""

    @property
    def met(self) -> bool:
        if self.measured is None:
            return False
        return self.measured >= self.limit if self.at_least else self.measured <= self.limit

    @property
    def cells(self) -> tuple[str, ...]:
        bound = "at least" if self.at_least else "at most"
        measured = "–" if self.measured is None else f"{_short(self.measured)} {self.unit}"
        verdict = "met" if self.met else "**not met**"
        told = f"{verdict}; {self.note}" if self.note else verdict
        return self.engine, self.what, f"{bound} {self.limit:g} {self.unit}", measured, told


HEADINGS = ("engine", "what", "target", "measured", "verdict")


def times_faster(series: Series, side: str, other: str) -> float | None:
    """Return how many times as fast a side is as another: the median of the rounds."""
    rounds = list(zip(series.get(side, ()), series.get(other, ()), strict=False))
    return median(theirs / ours for ours, theirs in rounds) if rounds else None


def times_slower(series: Series, side: str, other: str) -> float | None:
    """Return how many times as long a side takes as another: the median of the rounds."""
    return times_faster(series, other, side)


def markdown(headings: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Return a table in Markdown."""

    def lines() -> Iterator[Sequence[str]]:
        yield headings
        yield ["---"] * len(headings)
        yield from rows

    return "\n".join(f"| {' | '.join(line)} |" for line in lines())


def replace_part(text: str, name: str, part: str) -> str:
    """Replace the text between the markers of a name, and wrap its prose.

    Raises ValueError if a marker is missing.
    """
    begin, end = f"<!-- {name} -->", f"<!-- end of {name} -->"
    before, found, rest = text.partition(begin)
    _, found_end, after = rest.partition(end)
    if not (found and found_end):
        raise ValueError(f"There is no part {name!r}.")
    lines = (line if line.startswith("|") else fill(line, WIDTH) for line in part.splitlines())
    return "\n".join((f"{before}{begin}", "", *lines, "", f"{end}{after}"))


def _short(number: float) -> str:
    return f"{number:.0f}" if number >= 100 else f"{number:.3g}"  # noqa: PLR2004  # From here on decimals mean nothing.

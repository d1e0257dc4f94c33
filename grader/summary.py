"""What counts, how many points it is worth, what to mend first, and in which language."""

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import Any

from grader.examination import Examination
from grader.model import Case, Result

LANGUAGES = ("en", "ru")


class Words:
    """Translates the English sentences of the grader."""

    def __init__(self, language: str) -> None:
        path = Path(__file__).resolve().parent / f"{language}.toml"
        self._known = tomllib.loads(path.read_text("utf-8")) if path.is_file() else {}

    def __call__(self, sentence: str, **values: Any) -> str:
        known = self._known.get(sentence, sentence)
        return str(known).format(**values) if values else str(known)

    def expected(self, case: Case) -> str:
        return self(case.expected, **case.values)

    def why_not(self, result: Result) -> str:
        """Say why a promise was not examined."""
        return f"{self(result.left_out.reason)} {result.left_out.cause}".strip()


@dataclass(frozen=True)
class Summary:
    """What an examination has found, and how it is judged."""

    examination: Examination
    results: list[Result]
    counts_all: bool
    """Whether good manners count as well."""
    max_points: float
    words: Words

    def is_counted(self, result: Result) -> bool:
        return result.counts and (self.counts_all or result.promise.tier != "manners")

    @property
    def counted(self) -> list[Result]:
        return [result for result in self.results if self.is_counted(result)]

    @property
    def kept(self) -> list[Result]:
        return [result for result in self.counted if result.outcome == "kept"]

    @property
    def is_passed(self) -> bool:
        """Whether all that counts is kept; what was cut short has not shown that."""
        return bool(self.counted) and len(self.kept) == len(self.counted)

    @property
    def points(self) -> float:
        """What is kept, in parts of promises, of the most points there are."""
        share = sum(result.share for result in self.counted) / (len(self.counted) or 1)
        return round(self.max_points * share, 1)

    @property
    def broken(self) -> list[Result]:
        """What is broken, that first because of which most could not be examined."""
        broken = [result for result in self.results if result.outcome == "broken"]
        return sorted(broken, key=lambda one: (not self.is_counted(one), -len(self.followers(one))))

    def followers(self, broken: Result) -> list[str]:
        """Return the promises that were not examined because of a broken one."""
        return [
            result.promise.id
            for result in self.results
            if result.outcome == "not examined" and result.left_out.cause == broken.promise.id
        ]

    @property
    def left_out(self) -> dict[str, list[str]]:
        """Promises that were not examined, by reasons that no broken promise tells."""
        told = {result.promise.id for result in self.broken}
        found: dict[str, list[str]] = {}
        for result in self.results:
            if result.outcome == "not examined" and result.left_out.cause not in told:
                found.setdefault(self.words.why_not(result), []).append(result.promise.id)
        return found

    @property
    def sums(self) -> str:
        words = self.words
        kept = words("{n} of {size} promises kept", n=len(self.kept), size=len(self.counted))
        n, size = f"{self.points:g}", f"{self.max_points:g}"
        return f"{kept}, {words('{n} of {size} points', n=n, size=size)}"

    @property
    def ended(self) -> str:
        """How the examination ended."""
        seconds = f"{self.examination.seconds:.1f}"
        return self.words(f"{self.examination.ended} after {{seconds}} s", seconds=seconds)

    def sections(self) -> Iterator[tuple[str, list[Result]]]:
        """Return the results by steps of the brief, then by tiers."""
        for section, results in groupby(self.results, key=_section):
            yield self.words(section), list(results)


def _section(result: Result) -> str:
    tier = result.promise.tier
    return f"Step {result.promise.step}" if tier == "brief" else tier

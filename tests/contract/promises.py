"""Promises: what each test of the kit checks, in the words of its docstring, and what came out."""

from __future__ import annotations

import inspect
from dataclasses import dataclass, field
from typing import Literal

import pytest

Outcome = Literal["kept", "broken", "unchecked", "elsewhere"]


@dataclass(frozen=True)
class Case:
    """One run of a test: a promise has as many cases as its test has sets of parameters."""

    outcome: Outcome
    reason: str = ""


@dataclass
class Promise:
    words: str
    group: str
    is_of_the_brief: bool
    expected_cases: int = 0
    cases: list[Case] = field(default_factory=list)

    @property
    def outcome(self) -> Outcome:
        """Return the worst that came out; a case that never ran was not checked."""
        found = {case.outcome for case in self.cases}
        if "broken" in found:
            return "broken"
        if "unchecked" in found or len(self.cases) < self.expected_cases:
            return "unchecked"
        return "kept" if "kept" in found else "elsewhere"

    @property
    def reason(self) -> str:
        """Say what was wrong with the first case that shows it, and how many cases do."""
        same = [case for case in self.cases if case.outcome == self.outcome]
        if self.outcome == "kept" or not same:
            return ""
        if self.expected_cases == 1:
            return same[0].reason
        return f"{same[0].reason} [{len(same)} of {self.expected_cases} cases]"


def words_of(item: pytest.Function) -> str:
    """Return the promise that a test checks: the first paragraph of its docstring.

    Raises:
        LookupError: The test has none.
    """
    return _first_paragraph(item.function, item.nodeid)


def group_of(item: pytest.Function) -> str:
    """Return what a test's module is about: the first paragraph of its docstring."""
    return _first_paragraph(item.module, item.nodeid).rstrip(".")


def is_of_the_brief(item: pytest.Function) -> bool:
    return item.get_closest_marker("brief") is not None


def _first_paragraph(documented: object, name: str) -> str:
    text = inspect.getdoc(documented)
    if not text:
        raise LookupError(f"{name} does not say in a docstring what it checks.")
    return " ".join(text.partition("\n\n")[0].split())

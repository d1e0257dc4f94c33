"""Promises: what each test of the kit checks, in the words of its docstring, and what came out."""

from __future__ import annotations

import inspect
from dataclasses import dataclass, field
from typing import Literal

import pytest

Outcome = Literal["kept", "broken", "unchecked"]


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
        return "kept"

    @property
    def reason(self) -> str:
        """Say what was wrong with the first case that shows it, and how many cases do."""
        same = [case for case in self.cases if case.outcome == self.outcome]
        if self.outcome == "kept" or not same:
            return ""
        reason = f"because {same[0].reason}" if self.outcome == "unchecked" else same[0].reason
        if self.expected_cases == 1:
            return reason
        return f"{reason} [{len(same)} of {self.expected_cases} cases]"


def promise_of(item: pytest.Function) -> Promise:
    """Return the promise that a test checks.

    Its words are the first paragraph of the test's docstring, its group that of the module's.
    """
    return Promise(
        words=first_paragraph(item.function),
        group=first_paragraph(item.module).rstrip("."),
        is_of_the_brief=item.get_closest_marker("brief") is not None,
    )


def first_paragraph(documented: object) -> str:
    """Return the first paragraph of a docstring; empty if there is none."""
    text = inspect.getdoc(documented) or ""
    return " ".join(text.partition("\n\n")[0].split())

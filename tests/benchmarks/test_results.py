"""Ratios, verdicts and tables of the results."""

import pytest

from benchmarks.results import Row, replace_part, times_faster, times_slower
from config import ROOT

SERIES = {"ours": [1.0, 2.0, 4.0], "theirs": [3.0, 4.0, 40.0]}


def test_compares_sides_round_by_round() -> None:
    assert times_faster(SERIES, "ours", "theirs") == 3.0
    assert times_slower(SERIES, "theirs", "ours") == 3.0


@pytest.mark.parametrize(
    ("measured", "at_least", "met"),
    [
        (2.0, True, True),
        (1.9, True, False),
        (2.0, False, True),
        (2.1, False, False),
        (None, True, False),
    ],
)
def test_judges_by_the_target(measured: float | None, at_least: bool, met: bool) -> None:
    assert Row("sqlite", "a page", measured, 2, at_least=at_least).met is met


@pytest.mark.parametrize("name", ["targets", "techniques"])
def test_finds_the_places_for_its_tables(name: str) -> None:
    text = (ROOT / "docs" / "performance.md").read_text("utf-8")
    assert "a new table" in replace_part(text, name, "a new table")

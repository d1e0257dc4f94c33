"""Ratios, verdicts and tables."""

from __future__ import annotations

import pytest

from benchmarks.results import Row, markdown, replace_part, times_faster, times_slower
from config import ROOT

SERIES = {"ours": [1.0, 2.0, 4.0], "theirs": [3.0, 4.0, 40.0]}


def test_compares_sides_round_by_round() -> None:
    assert times_faster(SERIES, "ours", "theirs") == 3.0
    assert times_slower(SERIES, "theirs", "ours") == 3.0


def test_compares_nothing_with_a_side_that_failed() -> None:
    assert times_faster(SERIES, "ours", "missing") is None


@pytest.mark.parametrize(
    ("measured", "at_least", "met"),
    [
        (2.0, True, True),
        (1.9, True, False),
        (2.0, False, True),
        (2.1, False, False),
        (None, False, False),
    ],
)
def test_judges_by_the_target(measured: float | None, at_least: bool, met: bool) -> None:
    assert Row("sqlite", "a page", measured, 2, at_least=at_least).met is met


def test_tells_what_was_measured_and_what_ought_to_be() -> None:
    row = Row("sqlite", "a page", 2.514, 2, at_least=True, note="of 12")
    assert row.cells == ("sqlite", "a page", "at least 2 ×", "2.51 ×", "met; of 12")


def test_tells_of_what_could_not_be_measured() -> None:
    row = Row("sqlite", "a page", None, 2, note="no answer")
    assert row.cells[3:] == ("–", "**not met**; no answer")


def test_writes_a_table() -> None:
    table = markdown(["a", "b"], [["1", "2"], ["3", "4"]])
    assert table == "| a | b |\n| --- | --- |\n| 1 | 2 |\n| 3 | 4 |"


def test_replaces_what_stands_between_two_markers() -> None:
    text = "before\n<!-- x -->old<!-- end of x -->\nafter"
    replaced = "before\n<!-- x -->\n\nnew\n\n<!-- end of x -->\nafter"
    assert replace_part(text, "x", "new") == replaced


def test_wraps_prose_and_leaves_a_table_as_it_is() -> None:
    part = f"{'word ' * 30}\n\n| {'cell ' * 30}|"
    lines = replace_part("<!-- x --><!-- end of x -->", "x", part).splitlines()
    assert [len(line) for line in lines if not line.startswith("|")] == [10, 0, 99, 49, 0, 0, 17]


@pytest.mark.parametrize("name", ["targets", "techniques"])
def test_finds_the_places_for_its_tables(name: str) -> None:
    text = (ROOT / "docs" / "performance.md").read_text("utf-8")
    assert "a new table" in replace_part(text, name, "a new table")


def test_misses_a_marker() -> None:
    with pytest.raises(ValueError, match="no part 'x'"):
        replace_part("<!-- x -->old", "x", "new")

from __future__ import annotations

import pytest

from helpers.text import fold


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Solaris", "solaris"),
        ("СОЛЯРИС", "солярис"),
        ("Ёлки", "елки"),
        ("Ещё", "еще"),
        ("Straße", "strasse"),
        ("ΣΊΣΥΦΟΣ", "σίσυφοσ"),
        ("Amélie", "amélie"),
        ("й", "й"),
        ("2001: 100%_\\", "2001: 100%_\\"),
        ("", ""),
    ],
)
def test_removes_case_and_yo_and_nothing_else(text: str, folded: str) -> None:
    assert fold(text) == folded


@pytest.mark.parametrize("text", ["Ёлки", "Straße", "ŉ", "İstanbul"])
def test_folds_what_is_folded_to_itself(text: str) -> None:
    assert fold(fold(text)) == fold(text)

"""What failed checks say."""

from __future__ import annotations

from typing import Any

import pytest

from tests.contract.wording import difference


@pytest.mark.parametrize(
    ("came", "expected", "said"),
    [
        ("b", "a", "expected a, came b"),
        (None, "", "expected nothing, came null"),
        (b"", b"\xff", "expected \N{REPLACEMENT CHARACTER}, came nothing"),
        (False, True, "expected true, came false"),
        ({"a": 1}, {"a": 2}, "`a`: expected 2, came 1"),
        ({"a": 1}, {"b": 1}, "`b` is missing; `a` was not expected"),
        ({"a", "c"}, {"a", "b"}, "`b` is missing; `c` was not expected"),
        (dict.fromkeys("abcde", 1), {}, "`a` was not expected; `b` was not expected; `c` was not"),
        (dict.fromkeys("abcde", 1), {}, "; and 2 more"),
        ([1, 2], [1], "expected 1 items, came 2"),
        ([1, 2], [1, 3], "item 2: expected 3, came 2"),
        ([{"id": 7, "a": 1}], [{"id": 8, "a": 2}], "item 1: expected the one with id 8, came 7"),
        ([{"id": 7, "a": 1}], [{"id": 7, "a": 2}], "item 1: `a`: expected 2, came 1"),
        ([{"id": 7}, {"id": 8}], [], "wrong: {'id': 7} (and 1 more)"),
        (["GET / shows a trace"], [], "GET / shows a trace"),
        ("x" * 1000, "y", "…"),
    ],
)
def test_a_difference_is_said_where_it_is(came: Any, expected: Any, said: str) -> None:
    assert said in difference(came, expected)


def test_a_difference_is_short_however_large_the_values_are() -> None:
    came, expected = ({str(key): str(end) * 5000 for key in range(1000)} for end in "ab")
    assert len(difference(came, expected)) < 1000

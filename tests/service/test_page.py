from __future__ import annotations

import pytest

from dao.base import Window
from dao.lists.pages import Found
from service.page import fetch_page
from tests.support.builders import a_page, found


def letters(window: Window | None) -> Found:
    """A list of five that is read as a DAO reads."""
    window = window or Window(0, 5)
    return found(*"abcde"[window.offset : window.offset + window.limit], total=5)


def test_fetches_the_whole_list_without_a_number() -> None:
    assert fetch_page(letters) == a_page(*"abcde", total=5, number=None, size=12)


@pytest.mark.parametrize(
    ("number", "names"), [(1, "ab"), (2, "cd"), (3, "e"), (4, ""), (10**30, "")]
)
def test_fetches_the_page_with_this_number(number: int, names: str) -> None:
    assert fetch_page(letters, number, size=2) == a_page(*names, total=5, number=number, size=2)


def test_a_page_has_twelve_items_unless_it_is_said_otherwise() -> None:
    asked: list[Window | None] = []

    def find(window: Window | None) -> Found:
        asked.append(window)
        return found(total=0)

    fetch_page(find, 3)
    assert asked == [Window(offset=24, limit=12)]


def neighbors(number: int | None, total: int, size: int = 2) -> dict[str, int]:
    return a_page(total=total, number=number, size=size).neighbors


def test_a_whole_list_has_no_pages_around_it() -> None:
    assert neighbors(None, total=5) == {}


@pytest.mark.parametrize(
    ("number", "expected"),
    [
        (1, {"first": 1, "last": 3, "next": 2}),
        (2, {"first": 1, "last": 3, "prev": 1, "next": 3}),
        (3, {"first": 1, "last": 3, "prev": 2}),
        (4, {"first": 1, "last": 3, "prev": 3}),
        (10**30, {"first": 1, "last": 3, "prev": 3}),
    ],
)
def test_leads_to_the_pages_around(number: int, expected: dict[str, int]) -> None:
    assert neighbors(number, total=5) == expected


@pytest.mark.parametrize(
    ("total", "last"), [(0, 1), (1, 1), (2, 1), (3, 2), (4, 2), (5, 3), (2**53 + 1, 2**52 + 1)]
)
def test_the_last_page_is_never_empty_but_that_of_an_empty_list(total: int, last: int) -> None:
    assert neighbors(1, total)["last"] == last


def test_past_the_end_of_an_empty_list_its_one_page_is_before() -> None:
    assert neighbors(2, total=0) == {"first": 1, "last": 1, "prev": 1}

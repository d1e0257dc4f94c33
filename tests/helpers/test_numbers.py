import pytest

from constants import MAX_ID
from helpers.numbers import ascii_int


@pytest.mark.parametrize(
    ("text", "number"),
    [("0", 0), ("000", 0), ("007", 7), ("0" * 5_000 + "7", 7), (str(MAX_ID - 1), MAX_ID - 1)],
    ids=lambda it: str(it)[:12],
)
def test_reads_ascii_digits(text: str, number: int) -> None:
    assert ascii_int(text, MAX_ID) == number


@pytest.mark.parametrize("text", [str(MAX_ID + 1), "1" * 5_000], ids=len)
def test_takes_what_is_larger_than_most_for_it(text: str) -> None:
    assert ascii_int(text, MAX_ID) == MAX_ID


@pytest.mark.parametrize(
    "value", ["", "five", "-1", " 5", "1_0", "1.0", "٣", "5²", 5, None], ids=ascii
)
def test_reads_nothing_else(value: object) -> None:
    assert ascii_int(value, MAX_ID) is None

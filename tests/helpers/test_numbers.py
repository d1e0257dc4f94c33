import pytest

from helpers.numbers import ascii_int


@pytest.mark.parametrize(
    ("text", "number"), [("0", 0), ("7", 7), ("42", 42), ("99", 99), ("007", 7), ("000", 0)]
)
def test_reads_ascii_digits(text: str, number: int) -> None:
    assert ascii_int(text, 99) == number


@pytest.mark.parametrize("text", ["100", "101", "999", "1" * 5_000, "0" * 5_000 + "100"], ids=len)
def test_takes_what_is_larger_than_most_for_it(text: str) -> None:
    assert ascii_int(text, 99) == 99


@pytest.mark.parametrize(("text", "number"), [("2147483646", 2**31 - 2), ("2147483648", 2**31 - 1)])
def test_compares_numbers_of_the_same_length_by_value(text: str, number: int) -> None:
    assert ascii_int(text, 2**31 - 1) == number


@pytest.mark.parametrize(
    "text",
    ["", " ", "five", "-1", "+1", " 5", "5\n", "1_0", "1.0", "1e3", "0x5", "٣", "５", "5²"],
    ids=ascii,
)
def test_reads_no_other_text(text: str) -> None:
    assert ascii_int(text, 99) is None


@pytest.mark.parametrize("value", [None, 5, 5.0, True, b"5", ["5"], {}], ids=str)
def test_reads_nothing_that_is_no_text(value: object) -> None:
    assert ascii_int(value, 99) is None

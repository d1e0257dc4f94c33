"""Invalid JSON catalogues, and invalid rows in them."""

from pathlib import Path
from typing import Any

import pytest

from tests.helpers.catalogue.opening import (
    DIRECTOR,
    FILM,
    GENRE,
    LEFT_OUT,
    changed,
    read,
    refusal,
    write,
)

REPEATED = "repeated id"
ROWS = {"genres": GENRE, "directors": DIRECTOR, "movies": FILM}
NO_OBJECTS: list[object] = [5, None, []]
BETWEEN = "Must be greater than or equal to {} and less than or equal to {}."


UNSTORABLE: list[tuple[str, str, list[object], str]] = [
    ("genres", "name", [LEFT_OUT], "Missing data for required field."),
    ("genres", "name", ["", "x" * 201], "Length must be between 1 and 200."),
    ("genres", "name", [5], "Not a valid string."),
    ("genres", "name", ["a\0b"], "The character U+0000 is not allowed."),
    ("genres", "id", [True, 2.5, "", "x" * 51, "a\0"], "Not a valid id."),
    ("movies", "genre_id", [[]], "Not a valid id."),
    ("movies", "director_id", [LEFT_OUT], "Missing data for required field."),
    ("movies", "title", ["", "x" * 501], "Length must be between 1 and 500."),
    ("movies", "description", ["x" * 10_001], "Length must be between 0 and 10000."),
    ("movies", "year", [0, 10_000], BETWEEN.format(1, 9999)),
    ("movies", "year", ["1975.5", "", "١٩٧٢", True], "Not a valid integer."),
    ("movies", "year", [LEFT_OUT], "Missing data for required field."),
    ("movies", "rating", [-1, 10.1], BETWEEN.format(0, 10)),
    ("movies", "rating", ["8,1", True], "Not a valid number."),
]


@pytest.mark.parametrize(
    ("array", "member", "value", "reason"),
    [(*where, value, reason) for *where, values, reason in UNSTORABLE for value in values],
    ids=lambda value: str(value)[:30].replace("\0", "U+0000"),
)
def test_skips_a_row_that_cannot_be_stored_for_a_reason(
    path: Path, array: str, member: str, value: object, reason: str
) -> None:
    bad = changed(ROWS[array], **{"id": 9, member: value})
    catalogue = read(path, **{array: [ROWS[array], bad, bad]})
    assert catalogue.size == 1
    told = f"2: {array}: {member}: {reason.rstrip('.')}; the first is item 2."
    assert list(catalogue.skipped.lines()) == [told]


@pytest.mark.parametrize(
    ("array", "row", "reason"),
    [
        *((name, ROWS[name], REPEATED) for name in ROWS),
        ("genres", changed(GENRE, id="2"), REPEATED),
        *(("movies", item, "not an object") for item in NO_OBJECTS),
        ("movies", changed(FILM, id=9, genre_id=9), "a genre that the file does not have"),
        ("movies", changed(FILM, id=9, director_id=9), "a director that the file does not have"),
    ],
    ids=lambda value: ascii(value)[:60],
)
def test_skips_a_row_that_does_not_fit(path: Path, array: str, row: object, reason: str) -> None:
    catalogue = read(path, **{array: [ROWS[array], row]})
    assert catalogue.size == 1
    assert list(catalogue.skipped.lines()) == [f"1: {array}: {reason}; the first is item 2."]


def test_refuses_a_file_of_which_no_film_can_be_stored(path: Path) -> None:
    write(path, movies=[changed(FILM, year="x"), changed(FILM, title=LEFT_OUT)])
    assert refusal(path) == (
        "HERE: none of its films can be stored. Rows skipped: "
        "1: movies: year: Not a valid integer; the first is item 1. "
        "1: movies: title: Missing data for required field; the first is item 2."
    )


def test_nothing_of_a_file_moves_the_cursor(path: Path) -> None:
    path = path.with_name("a\x1b[2Jb\u202e.json")
    path.write_bytes(b"[]")
    assert refusal(path).startswith(f"{path.parent}/a\\x1b[2Jb\\u202e.json: ")


@pytest.mark.parametrize(
    ("members", "expected"),
    [
        *(({name: LEFT_OUT}, f"{name} must be an array.") for name in ROWS),
        *(({"source": it}, "source must be a short text.") for it in ("", 5, "x" * 51, "a\0b")),
    ],
    ids=lambda value: ascii(value)[:60],
)
def test_names_what_does_not_fit(path: Path, members: dict[str, Any], expected: str) -> None:
    assert refusal(write(path, **members)) == f"HERE: {expected}"


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (b"[{}]", "HERE: the file must hold one JSON object."),
        (b'\xef\xbb\xbf{\n"a": "\xff"}', "HERE: not valid JSON: line 2 is not encoded as UTF-8."),
        (
            b'{"a": 1, "\\u0061": 2}',
            "HERE: not valid JSON: the name 'a' appears twice in one object.",
        ),
        (b"{\n", "HERE, line 2: not JSON: "),
        (b'{"year":\n\nNaN}', "HERE, line 3: not JSON: "),
    ],
    ids=str,
)
def test_names_what_is_wrong_with_the_file_as_a_whole(
    path: Path, content: bytes, expected: str
) -> None:
    path.write_bytes(content)
    assert refusal(path).startswith(expected)


def test_names_a_file_that_is_not_there(path: Path) -> None:
    assert refusal(path) == "HERE: No such file or directory."

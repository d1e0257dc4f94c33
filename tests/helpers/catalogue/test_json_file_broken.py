"""Catalogue files that are broken: the message names the file, and the line wherever it can."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from helpers.catalogue import CatalogueError, open_catalogue
from tests.helpers.catalogue.json_files import (
    DIRECTOR,
    FILM,
    GENRE,
    LEFT_OUT,
    LINES,
    changed,
    write,
)

ROWS = {"genres": GENRE, "directors": DIRECTOR, "movies": FILM}


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "films.json"


def refusal(path: Path) -> str:
    """What is said of a file, with its path as FILE."""
    with (
        pytest.raises(CatalogueError) as refused,
        open_catalogue(path, (), lambda *_: None),
    ):
        pass
    return str(refused.value).replace(str(path), "FILE")


NO_OBJECTS: list[object] = [5, None, "text", []]
NO_SOURCES: list[object] = ["", 5, None, [], "x" * 51, "a\0b"]
BETWEEN = "Must be greater than or equal to {} and less than or equal to {}."


@pytest.mark.parametrize(
    ("array", "member", "value", "reason"),
    [
        ("genres", "name", LEFT_OUT, "Missing data for required field."),
        ("genres", "name", "", "Length must be between 1 and 200."),
        ("genres", "name", "x" * 201, "Length must be between 1 and 200."),
        ("genres", "name", 5, "Not a valid string."),
        ("genres", "name", None, "Field may not be null."),
        ("genres", "name", "a\0b", "The character U+0000 is not allowed."),
        ("directors", "name", 5, "Not a valid string."),
        ("genres", "id", LEFT_OUT, "Missing data for required field."),
        ("genres", "id", None, "Field may not be null."),
        *(("genres", "id", it, "Not a valid id.") for it in (True, 2.5, "", "x" * 51, "a\0")),
        ("movies", "genre_id", "\0", "Not a valid id."),
        ("movies", "director_id", LEFT_OUT, "Missing data for required field."),
        ("movies", "title", "", "Length must be between 1 and 500."),
        ("movies", "title", "x" * 501, "Length must be between 1 and 500."),
        ("movies", "title", LEFT_OUT, "Missing data for required field."),
        ("movies", "title", "a\0b", "The character U+0000 is not allowed."),
        ("movies", "description", 5, "Not a valid string."),
        ("movies", "description", "x" * 10_001, "Length must be between 0 and 10000."),
        ("movies", "trailer", [], "Not a valid string."),
        *(("movies", "year", it, BETWEEN.format(1, 9999)) for it in (0, 10_000)),
        *(("movies", "year", it, "Not a valid integer.") for it in (1975.5, "1975", True)),
        ("movies", "year", None, "Field may not be null."),
        ("movies", "year", LEFT_OUT, "Missing data for required field."),
        *(("movies", "rating", it, BETWEEN.format(0, 10)) for it in (-1, 10.1)),
        *(("movies", "rating", it, "Not a valid number.") for it in ("8.1", "good", True)),
        ("movies", "rating", 10**400, "Number too large."),
    ],
    ids=lambda value: str(value)[:30].replace("\0", "U+0000"),
)
def test_names_the_line_and_the_member_of_a_row_that_is_broken(
    path: Path, array: str, member: str, value: object, reason: str
) -> None:
    write(path, **{array: [changed(ROWS[array], **{member: value})]})
    assert refusal(path) == f"FILE, line {LINES[array]}: {array}: {member}: {reason}"


def test_names_every_member_that_is_broken(path: Path) -> None:
    write(path, movies=[changed(FILM, title=5, year="x")])
    assert refusal(path) == (
        "FILE, line 5: movies: title: Not a valid string.; year: Not a valid integer."
    )


@pytest.mark.parametrize(
    ("members", "expected"),
    [
        ({"genres": [GENRE, GENRE]}, "line 4: genres: the id 2 appears twice."),
        ({"genres": [GENRE, changed(GENRE, id="2")]}, "line 4: genres: the id 2 appears twice."),
        ({"movies": [FILM, FILM]}, "line 6: movies: the id 1 appears twice."),
        ({"movies": [changed(FILM, genre_id=9)]}, "line 5: there is no genre 9 in this file."),
        (
            {"movies": [changed(FILM, director_id=9)]},
            "line 5: there is no director 9 in this file.",
        ),
        *(
            ({name: LEFT_OUT}, f"line 2: {name} must be an array.")
            for name in ("genres", "directors", "movies")
        ),
        *(
            ({"genres": [GENRE, item]}, "line 2: genres: item 2 is not an object.")
            for item in NO_OBJECTS
        ),
        *(({"source": source}, "line 2: source must be a short text.") for source in NO_SOURCES),
    ],
    ids=lambda value: ascii(value)[:60],
)
def test_names_the_line_of_what_does_not_fit(
    path: Path, members: dict[str, Any], expected: str
) -> None:
    assert refusal(write(path, **members)) == f"FILE, {expected}"


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (b"[]", "FILE, line 1: the file must hold one JSON object."),
        (b"null", "FILE, line 1: the file must hold one JSON object."),
        (b"[{}]", "FILE, line 1: the file must hold one JSON object."),
        (b"", "FILE, line 1: not JSON: Expecting value."),
        (b'{\n"a": NaN}', "FILE, line 1: not JSON: NaN is not a JSON number."),
        (b"[NaN]", "FILE: not valid JSON: NaN is not a JSON number."),
        (b'{\n"a": "\xff"}', "FILE: not valid JSON: line 2 is not encoded as UTF-8."),
    ],
    ids=str,
)
def test_names_what_is_wrong_with_the_file_as_a_whole(
    path: Path, content: bytes, expected: str
) -> None:
    path.write_bytes(content)
    assert refusal(path) == expected


def test_names_a_file_that_is_not_there(path: Path) -> None:
    assert refusal(path) == "FILE: No such file or directory."

"""Catalogue files that are broken: the message names the file, and the line wherever it can."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from helpers.catalogue import json_file as catalogue_json
from helpers.catalogue.model import CatalogueError

GOOD = """{
  "source": "test",
  "genres": [
    {
      "id": 1,
      "name": "Drama"
    },
    {"id": 2, "name": "Comedy"}
  ],
  "directors": [{"id": 3, "name": "Tarkovsky"}],
  "movies": [
    {
      "id": 1,
      "title": "Solaris",
      "description": "An ocean thinks.",
      "trailer": "",
      "year": 1972,
      "rating": 8.1,
      "genre_id": 1,
      "director_id": 3
    },
    {"id": 2, "title": "Mirror", "year": 1975, "genre_id": 1, "director_id": 3}
  ]
}
"""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "films.json"


def refusal(path: Path, content: str | bytes) -> str:
    """What is said of a file with this content, with its path as FILE."""
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    with pytest.raises(CatalogueError, match=re.escape(str(path))) as refused:
        catalogue_json.read(path)
    return str(refused.value).replace(str(path), "FILE")


def changed(old: str, new: str) -> str:
    assert old in GOOD
    return GOOD.replace(old, new, 1)


def test_what_is_broken_here_is_good_as_it_stands(path: Path) -> None:
    path.write_text(GOOD)
    assert [film.title for film in catalogue_json.read(path).films] == ["Solaris", "Mirror"]


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ('"name": "Comedy"', '"nome": "Comedy"', "name: Missing data for required field."),
        ('"name": "Comedy"', '"name": ""', "name: Length must be between 1 and 200."),
        ('"name": "Comedy"', '"name": 5', "name: Not a valid string."),
        ('"name": "Comedy"', '"name": null', "name: Field may not be null."),
        ('"Comedy"', f'"{"x" * 201}"', "name: Length must be between 1 and 200."),
        ('"Comedy"', r'"a\u0000b"', "name: The character U+0000 is not allowed."),
        ('"id": 2, "name"', '"name"', "id: Missing data for required field."),
        ('"id": 2, "name"', '"id": null, "name"', "id: Field may not be null."),
        ('"id": 2, "name"', '"id": true, "name"', "id: Not a valid id."),
        ('"id": 2, "name"', '"id": 2.5, "name"', "id: Not a valid id."),
        ('"id": 2, "name"', '"id": "", "name"', "id: Not a valid id."),
        ('"id": 2, "name"', f'"id": "{"x" * 51}", "name"', "id: Not a valid id."),
        ('"id": 2, "name"', r'"id": "a\u0000", "name"', "id: Not a valid id."),
    ],
    ids=str,
)
def test_names_the_line_of_a_genre_that_is_broken(
    path: Path, old: str, new: str, reason: str
) -> None:
    assert refusal(path, changed(old, new)).startswith(f"FILE, line 8: genres: {reason}")


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ('"Mirror"', '""', "title: Length must be between 1 and 500."),
        ('"Mirror"', f'"{"x" * 501}"', "title: Length must be between 1 and 500."),
        ('"title": "Mirror", ', "", "title: Missing data for required field."),
        ('"Mirror"', r'"a\u0000b"', "title: The character U+0000 is not allowed."),
        ('"Mirror"', '"Mirror", "description": 5', "description: Not a valid string."),
        ('"Mirror"', '"Mirror", "trailer": []', "trailer: Not a valid string."),
        ("1975", "0", "year: Must be greater than or equal to 1 and less than or equal to 9999."),
        ("1975", "10000", "year: Must be greater than or equal to 1 and less"),
        ("1975", "1975.5", "year: Not a valid integer."),
        ("1975", '"1975"', "year: Not a valid integer."),
        ("1975", "true", "year: Not a valid integer."),
        ("1975", "null", "year: Field may not be null."),
        ('"year": 1975, ', "", "year: Missing data for required field."),
        ("1975", '1975, "rating": 10.1', "rating: Must be greater than or equal to 0 and less"),
        ("1975", '1975, "rating": -1', "rating: Must be greater than or equal to 0 and less"),
        ("1975", '1975, "rating": "8.1"', "rating: Not a valid number."),
        ("1975", '1975, "rating": "good"', "rating: Not a valid number."),
        ("1975", '1975, "rating": true', "rating: Not a valid number."),
        ("1975", f'1975, "rating": 1{"0" * 400}', "rating: Number too large."),
        (
            '"genre_id": 1, "director_id": 3}',
            r'"genre_id": "\u0000", "director_id": 3}',
            "genre_id: Not a valid id.",
        ),
    ],
    ids=lambda value: value[:40],
)
def test_names_the_line_of_a_film_that_is_broken(
    path: Path, old: str, new: str, reason: str
) -> None:
    broken = GOOD.replace(old, new)
    assert refusal(path, broken).startswith(f"FILE, line 22: movies: {reason}")


def test_names_the_line_of_a_director_that_is_broken(path: Path) -> None:
    broken = changed('"name": "Tarkovsky"', '"name": 5')
    assert refusal(path, broken) == "FILE, line 10: directors: name: Not a valid string."


def test_names_the_line_in_which_an_object_of_many_lines_begins(path: Path) -> None:
    broken = changed('"name": "Drama"', '"name": 5')
    assert refusal(path, broken) == "FILE, line 4: genres: name: Not a valid string."


def test_names_every_member_that_is_broken(path: Path) -> None:
    broken = changed('"title": "Mirror", "year": 1975', '"title": 5, "year": "x"')
    assert refusal(path, broken) == (
        "FILE, line 22: movies: title: Not a valid string.; year: Not a valid integer."
    )


@pytest.mark.parametrize("line_break", ["\n", "\r\n"])
def test_counts_lines_however_they_end(path: Path, line_break: str) -> None:
    broken = changed('"name": "Comedy"', '"name": 5').replace("\n", line_break)
    assert refusal(path, broken) == "FILE, line 8: genres: name: Not a valid string."


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ('"id": 2, "name"', '"id": 1, "name"', "line 8: genres: the id 1 appears twice."),
        ('"id": 2, "name"', '"id": "1", "name"', "line 8: genres: the id 1 appears twice."),
        ('"id": 2, "title"', '"id": 1, "title"', "line 22: movies: the id 1 appears twice."),
        (
            '1975, "genre_id": 1',
            '1975, "genre_id": 9',
            "line 22: there is no genre 9 in this file.",
        ),
        (
            '1975, "genre_id": 1, "director_id": 3',
            '1975, "genre_id": 1, "director_id": 1',
            "line 22: there is no director 1 in this file.",
        ),
    ],
    ids=lambda value: value[:60],
)
def test_names_the_line_of_an_id_that_does_not_fit(
    path: Path, old: str, new: str, expected: str
) -> None:
    assert refusal(path, changed(old, new)) == f"FILE, {expected}"


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ("", "FILE, line 1: not JSON: Expecting value."),
        ("{\n\n  oops\n}", "FILE, line 3: not JSON: "),
        (GOOD[:-4], "FILE, line 23: not JSON: "),
        (changed('"year": 1972,', '"year": 1972'), "FILE, line 18: not JSON: "),
        (changed('"Drama"', '"Dra\nma"'), "FILE, line 6: not JSON: "),
    ],
    ids=lambda value: value[-30:],
)
def test_names_the_line_in_which_it_is_no_json_any_more(
    path: Path, content: str, expected: str
) -> None:
    assert refusal(path, content).startswith(expected)


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ('"id": 2, "name"', '"id": 2, "id": 2, "name"', "line 8: not JSON: a name appears twice"),
        ("1972", "NaN", "line 12: not JSON: NaN is not a JSON number."),
        ("8.1", "1e400", "line 12: not JSON: a number is too large."),
        ("1972", "1" * 5_000, "line 12: not JSON: a number is too large."),
        ("Comedy", r"\ud800", "line 8: not JSON: there is a lone surrogate."),
        ('"test"', r'"\ud800"', "line 1: not JSON: there is a lone surrogate."),
    ],
    ids=lambda value: value[:60],
)
def test_names_the_line_of_the_object_that_is_not_strictly_json(
    path: Path, old: str, new: str, expected: str
) -> None:
    assert refusal(path, changed(old, new)).startswith(f"FILE, {expected}")


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (GOOD.replace("Comedy", "Комедия").encode("cp1251"), "line 8 is not encoded as UTF-8"),
        (GOOD.encode("utf-8-sig"), "it begins with a byte order mark"),
        ("[NaN]", "NaN is not a JSON number"),
        (changed("1972", "[" * 9_000 + "]" * 9_000), "it is nested too deeply"),
    ],
    ids=["encoding", "byte order mark", "no object", "depth"],
)
def test_names_the_file_that_is_not_strictly_json(
    path: Path, content: str | bytes, reason: str
) -> None:
    assert refusal(path, content) == f"FILE: not valid JSON: {reason}."


@pytest.mark.parametrize("content", ["[]", "null", '"text"', "5", "[{}]"])
def test_names_the_file_that_holds_no_object(path: Path, content: str) -> None:
    assert refusal(path, content) == "FILE, line 1: the file must hold one JSON object."


@pytest.mark.parametrize("name", ["genres", "directors", "movies"])
def test_names_the_array_that_is_missing(path: Path, name: str) -> None:
    broken = changed(f'"{name}"', '"other"')
    assert refusal(path, broken) == f"FILE, line 1: {name} must be an array."


@pytest.mark.parametrize("item", ["5", "null", '"text"', "[]"])
def test_names_the_place_of_an_item_that_is_no_object(path: Path, item: str) -> None:
    broken = changed('{"id": 2, "name": "Comedy"}', item)
    assert refusal(path, broken) == "FILE, line 1: genres: item 2 is not an object."


@pytest.mark.parametrize("source", ['""', "5", "null", "[]", f'"{"x" * 51}"', r'"a\u0000b"'])
def test_refuses_a_source_that_is_no_short_text(path: Path, source: str) -> None:
    assert refusal(path, changed('"test"', source)) == "FILE, line 1: source must be a short text."


def test_names_a_file_that_is_not_there(path: Path) -> None:
    with pytest.raises(CatalogueError, match=re.escape(f"{path}: No such file or directory.")):
        catalogue_json.read(path)

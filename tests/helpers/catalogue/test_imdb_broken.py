"""IMDb's files that are broken: the message names the file, and the line wherever there is one."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from helpers.catalogue import imdb
from helpers.catalogue.model import CatalogueError
from tests.imdb_files import HEADERS, a_title, folder, write


def refusal(path: Path) -> str:
    """What is said of a folder, with its path as FOLDER."""
    with (
        pytest.raises(CatalogueError, match=re.escape(str(path))) as refused,
        imdb.read(path, imdb.DEFAULT_KINDS, lambda *_: None) as catalogue,
    ):
        list(catalogue.films)
    return str(refused.value).replace(str(path), "FOLDER")


@pytest.fixture
def good(tmp_path: Path) -> Path:
    return folder(tmp_path, [a_title(f"tt{number:07d}") for number in range(50)])


@pytest.mark.parametrize("name", HEADERS)
def test_names_the_file_that_is_missing(good: Path, name: str) -> None:
    (good / f"{name}.tsv").unlink()
    assert (
        refusal(good) == f"FOLDER/{name}.tsv: there is no such file, and no {name}.tsv.gz either."
    )


def test_refuses_to_choose_between_a_plain_and_a_packed_file(good: Path) -> None:
    write(good, "title.crew", b"", packed=True)
    assert refusal(good) == (
        "FOLDER/title.crew.tsv: there is title.crew.tsv.gz too. Leave the one that is meant."
    )


@pytest.mark.parametrize("name", HEADERS)
@pytest.mark.parametrize("content", [b"", b"\n", b"tconst\n", b"{}", b"\0"], ids=ascii)
def test_names_the_columns_that_a_file_must_have(good: Path, name: str, content: bytes) -> None:
    write(good, name, content)
    columns = HEADERS[name].replace(" ", ", ")
    assert refusal(good) == f"FOLDER/{name}.tsv, line 1: the columns must be {columns}."


def test_refuses_columns_in_another_order(good: Path) -> None:
    write(good, "title.ratings", b"tconst\tnumVotes\taverageRating\ntt0000001\t50\t8.1\n")
    assert refusal(good).startswith("FOLDER/title.ratings.tsv, line 1: the columns must be")


@pytest.mark.parametrize("packed", [False, True], ids=["plain", "packed"])
def test_names_the_line_that_is_not_utf_8(good: Path, packed: bool) -> None:
    lines = (good / "title.basics.tsv").read_bytes().splitlines(keepends=True)
    (good / "title.basics.tsv").unlink()
    lines[36] = "\t".join(a_title(title="Зеркало")).encode("cp1251") + b"\n"
    write(good, "title.basics", b"".join(lines), packed=packed)
    ending = ".gz" if packed else ""
    assert refusal(good) == f"FOLDER/title.basics.tsv{ending}, line 37: not encoded as UTF-8."


def test_refuses_utf_16(good: Path) -> None:
    text = (good / "title.basics.tsv").read_text()
    write(good, "title.basics", text.encode("utf-16"))
    assert refusal(good) == "FOLDER/title.basics.tsv, line 1: not encoded as UTF-8."


@pytest.mark.parametrize(
    "damage",
    [
        lambda packed: packed[: len(packed) // 2],
        lambda packed: packed[:-4],
        lambda packed: packed[:40] + b"\xff" * 20 + packed[60:],
        lambda packed: packed[:-8] + b"\0" * 8,
        lambda packed: b"PK" + packed,
    ],
    ids=["half", "no end", "damaged", "wrong checksum", "another format"],
)
def test_names_the_packed_file_that_is_damaged(good: Path, damage: object) -> None:
    content = (good / "title.basics.tsv").read_bytes()
    (good / "title.basics.tsv").unlink()
    write(good, "title.basics", content, packed=True)
    file = good / "title.basics.tsv.gz"
    file.write_bytes(damage(file.read_bytes()))  # type: ignore[operator]  # One of the above.
    assert re.match(
        r"FOLDER/title\.basics\.tsv\.gz, line [0-9]+: the packed file is damaged: ", refusal(good)
    )


def test_names_a_file_that_is_a_folder(good: Path) -> None:
    (good / "title.crew.tsv").unlink()
    (good / "title.crew.tsv").mkdir()
    assert refusal(good) == "FOLDER/title.crew.tsv: Is a directory."

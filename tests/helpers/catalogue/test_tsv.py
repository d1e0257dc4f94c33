import re
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers.catalogue import CatalogueError, Tally
from helpers.catalogue.tsv import Table
from tests.support.imdb_files import write

ROWS = [[f"nm{number}", "Тарковский"] for number in range(50)]
PLAIN_OR_PACKED = pytest.mark.parametrize("packed", [False, True], ids=["plain", "packed"])
FIELDS = st.text(
    st.characters(exclude_characters="\t\n", exclude_categories=["Cs"]), max_size=60
).filter(lambda text: not text.endswith("\r"))


def content(rows: list[list[str]]) -> bytes:
    return "".join("\t".join(row) + "\n" for row in [["id", "name"], *rows]).encode()


def read(folder: Path, skipped: Tally | None = None) -> list[list[str]]:
    noted = Tally() if skipped is None else skipped
    return list(Table(folder, "people", ("id", "name"), noted, lambda *_: None))


def refusal(folder: Path) -> str:
    """Return the error message for a folder, without the folder's path."""
    with pytest.raises(CatalogueError) as refused:
        read(folder)
    return str(refused.value).removeprefix(f"{folder}/")


@PLAIN_OR_PACKED
@pytest.mark.parametrize(
    "text",
    [
        content(ROWS),
        content(ROWS).replace(b"\n", b"\r\n"),
        content(ROWS).removesuffix(b"\n"),
        b"\xef\xbb\xbf" + content(ROWS),
    ],
    ids=["plain", "two characters break a line", "no last break", "byte order mark"],
)
def test_reads_every_kind_of_text_file(tmp_path: Path, text: bytes, packed: bool) -> None:
    write(tmp_path, "people", text, packed=packed)
    assert read(tmp_path) == ROWS


@given(rows=st.lists(st.lists(FIELDS, min_size=2, max_size=2), max_size=5))
def test_whatever_a_column_holds_none_is_shifted(
    tmp_path_factory: pytest.TempPathFactory, rows: list[list[str]]
) -> None:
    folder = tmp_path_factory.getbasetemp()
    write(folder, "people", content(rows))
    assert read(folder) == rows


def test_skips_and_counts_rows_with_fewer_or_more_columns(tmp_path: Path) -> None:
    skipped = Tally()
    write(tmp_path, "people", content([["nm1"], ROWS[0], [""], ["nm2", "a", "b"]]))
    assert read(tmp_path, skipped) == ROWS[:1]
    assert list(skipped.lines()) == ["3: wrong number of columns (people); the first is line 2."]


def test_names_the_file_that_is_missing(tmp_path: Path) -> None:
    expected = "people.tsv: there is no such file, and no people.tsv.gz either."
    assert refusal(tmp_path) == expected


def test_refuses_to_choose_between_a_plain_and_a_packed_file(tmp_path: Path) -> None:
    for packed in (False, True):
        write(tmp_path, "people", content(ROWS), packed=packed)
    expected = "people.tsv: there is people.tsv.gz too. Leave the one that is meant."
    assert refusal(tmp_path) == expected


@pytest.mark.parametrize("header", [b"", b"id\n", b"name\tid\n"], ids=ascii)
def test_names_the_columns_that_a_file_must_have(tmp_path: Path, header: bytes) -> None:
    write(tmp_path, "people", header)
    assert refusal(tmp_path) == "people.tsv, line 1: the columns must be id, name."


def test_names_the_line_that_is_not_utf_8(tmp_path: Path) -> None:
    lines = content(ROWS).splitlines(keepends=True)
    lines[36] = lines[36].decode().encode("cp1251")
    write(tmp_path, "people", b"".join(lines), packed=True)
    assert refusal(tmp_path) == "people.tsv.gz, line 37: not encoded as UTF-8."


@pytest.mark.parametrize(
    "damage",
    [
        lambda packed: packed[: len(packed) // 2],
        lambda packed: packed[:40] + b"\xff" * 20 + packed[60:],
        lambda packed: packed[:-8] + b"\0" * 8,
        lambda packed: b"PK" + packed,
    ],
    ids=["half", "damaged", "wrong checksum", "another format"],
)
def test_names_the_packed_file_that_is_damaged(
    tmp_path: Path, damage: Callable[[bytes], bytes]
) -> None:
    write(tmp_path, "people", content(ROWS), packed=True)
    file = tmp_path / "people.tsv.gz"
    file.write_bytes(damage(file.read_bytes()))
    assert re.match(
        r"people\.tsv\.gz, line [0-9]+: the packed file is damaged: ", refusal(tmp_path)
    )


@pytest.mark.parametrize("inner", ["people", "people.tsv", "people.tsv.gz"])
def test_reads_a_table_in_a_folder_as_unpackers_make_it(tmp_path: Path, inner: str) -> None:
    (tmp_path / inner).mkdir()
    (tmp_path / inner / "data.tsv").write_bytes(content(ROWS))
    assert read(tmp_path) == ROWS

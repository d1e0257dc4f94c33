"""Malicious files are refused quickly, within a bound on memory."""

import os
import tracemalloc
from pathlib import Path

import pytest

from helpers.catalogue.json_document import MAX_BYTES, MAX_VALUES
from tests.helpers.catalogue.opening import refusal
from tests.support.imdb_files import HEADERS, NULL, a_title, folder, write

HEADER = "\t".join(HEADERS["title.basics"].split()).encode() + b"\n"
LONG_ROW = "\t".join(a_title(kind="x" * 2_000, title=NULL)).encode() + b"\n"
MEBIBYTE = 1024 * 1024


@pytest.mark.parametrize("name", ["title.basics.tsv", "name.basics.tsv.gz", "films.json"])
def test_only_regular_files_are_read(tmp_path: Path, name: str) -> None:
    path = folder(tmp_path, [a_title()], packed=name.endswith(".gz")) / name
    path.unlink(missing_ok=True)
    path.symlink_to("/dev/zero")
    assert refusal(path) == "HERE: this is no regular file."


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"[" + b"{}," * MAX_VALUES + b"0]", f"at most {MAX_VALUES} values and commas."),
        (b"[" * MEBIBYTE, "HERE, line 1: not JSON: "),
        (b"\n" * MAX_BYTES, "not JSON: "),
    ],
    ids=["values", "depth", "line breaks"],
)
def test_a_huge_json_file_is_refused(path: Path, content: bytes, reason: str) -> None:
    path.write_bytes(content)
    assert reason in refusal(path)


def test_a_sparse_json_file_is_refused_by_its_size(path: Path) -> None:
    path.touch()
    os.truncate(path, 1024**4)
    assert refusal(path) == f"HERE: not valid JSON: it may have at most {MAX_BYTES} bytes."


@pytest.mark.parametrize(
    ("start", "reason"),
    [(b"", "line 1: the columns must"), (HEADER, "line 2: a line may have at most 65536 bytes.")],
    ids=["header", "row"],
)
def test_an_endless_line_is_refused(tmp_path: Path, start: bytes, reason: str) -> None:
    content = start + b"\0" * 16 * MEBIBYTE
    write(folder(tmp_path, [], packed=True), "title.basics", content, packed=True)
    tracemalloc.start()
    try:
        assert reason in refusal(tmp_path)
        assert tracemalloc.get_traced_memory()[1] < 8 * MEBIBYTE
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize(
    ("row", "times", "expected"),
    [
        (b"\n", MEBIBYTE, "line 10002: most rows have a wrong number of columns."),
        (LONG_ROW, 20_000, "line 20000: this unpacks to far more than such a table has."),
    ],
    ids=["short lines", "packed to little"],
)
def test_a_packed_file_is_read_no_further_than_it_makes_sense(
    tmp_path: Path, row: bytes, times: int, expected: str
) -> None:
    write(folder(tmp_path, [], packed=True), "title.basics", HEADER + row * times, packed=True)
    assert refusal(tmp_path) == f"HERE/title.basics.tsv.gz, {expected}"

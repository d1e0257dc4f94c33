"""Files that are made to harm: each is refused at once, and takes no more memory than it may."""

import os
import tracemalloc
from collections.abc import Callable
from pathlib import Path

import pytest

from helpers.catalogue.json_document import MOST_BYTES, MOST_VALUES
from tests.helpers.catalogue.opening import refusal
from tests.support.imdb_files import HEADERS, NULL, a_title, folder, write

HEADER = "\t".join(HEADERS["title.basics"].split()).encode() + b"\n"
LONG_ROW = "\t".join(a_title(kind="x" * 2_500, title=NULL)).encode() + b"\n"
MEBIBYTE = 1024 * 1024


def refusal_and_memory(path: Path) -> tuple[str, int]:
    """What is said of a file, and the most bytes of objects that were held meanwhile."""
    tracemalloc.start()
    try:
        return refusal(path), tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


def a_pipe(path: Path) -> None:
    os.mkfifo(path)


def a_device(path: Path) -> None:
    path.symlink_to("/dev/zero")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="Windows has no such files.")
@pytest.mark.parametrize("make", [a_pipe, a_device])
@pytest.mark.parametrize("name", ["title.basics.tsv", "name.basics.tsv.gz"])
def test_only_regular_files_are_tables(
    tmp_path: Path, name: str, make: Callable[[Path], None]
) -> None:
    folder(tmp_path, [a_title()], packed=name.endswith(".gz"))
    (tmp_path / name).unlink()
    make(tmp_path / name)
    assert refusal(tmp_path) == f"HERE/{name}: this is no regular file."


def test_a_device_is_no_json_file(path: Path) -> None:
    a_device(path)
    assert refusal(path) == "HERE: this is no regular file."


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(b" " * (MOST_BYTES + 1), id="bytes"),
        *(
            pytest.param(b"[" + value * MOST_VALUES + b"0]", id=value.decode())
            for value in (b"{},", b"[],", b"0,")
        ),
        pytest.param(b"[" * MEBIBYTE, id="depth"),
        pytest.param(b'{"a":' * MEBIBYTE, id="depth of objects"),
        pytest.param(b"[" + b"\n" * (MOST_BYTES - 1), id="line breaks"),
    ],
)
def test_a_huge_json_file_takes_bounded_memory(path: Path, content: bytes) -> None:
    path.write_bytes(content)
    said, memory = refusal_and_memory(path)
    assert said.startswith("HERE")
    assert memory < 16 * MOST_BYTES


def test_a_sparse_json_file_is_refused_by_its_size(path: Path) -> None:
    path.touch()
    os.truncate(path, 1024**4)
    assert refusal(path) == f"HERE: not valid JSON: it may have at most {MOST_BYTES} bytes."


@pytest.mark.parametrize("packed", [False, True], ids=["plain", "packed"])
@pytest.mark.parametrize(
    ("start", "reason"),
    [(b"", "line 1: the columns must"), (HEADER, "line 2: a line may have at most 65536 bytes.")],
    ids=["header", "row"],
)
def test_an_endless_line_is_refused(
    tmp_path: Path, start: bytes, reason: str, packed: bool
) -> None:
    content = start + b"\0" * 16 * MEBIBYTE
    write(folder(tmp_path, [], packed=packed), "title.basics", content, packed=packed)
    said, memory = refusal_and_memory(tmp_path)
    assert reason in said
    assert memory < 8 * MEBIBYTE


@pytest.mark.parametrize(
    ("row", "times", "expected"),
    [
        (b"\n", 64 * MEBIBYTE, "line 10002: most rows have a wrong number of columns."),
        (LONG_ROW, 20_000, "line 20000: this unpacks to far more than such a table has."),
    ],
    ids=["short lines", "packed to little"],
)
def test_a_packed_file_is_read_no_further_than_it_makes_sense(
    tmp_path: Path, row: bytes, times: int, expected: str
) -> None:
    write(folder(tmp_path, [], packed=True), "title.basics", HEADER + row * times, packed=True)
    assert refusal(tmp_path) == f"HERE/title.basics.tsv.gz, {expected}"

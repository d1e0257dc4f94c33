"""Files that are made to harm: each is refused at once, and takes no more memory than it may."""

from __future__ import annotations

import gzip
import json
import os
import tracemalloc
from collections.abc import Callable
from pathlib import Path

import pytest

from helpers.catalogue import DEFAULT_KINDS, CatalogueError, open_catalogue
from helpers.catalogue.json_document import MOST_BYTES, MOST_VALUES
from tests.support.imdb_files import HEADERS, NULL, a_title, folder

HEADER = "\t".join(HEADERS["title.basics"].split()).encode() + b"\n"
MEBIBYTE = 1024 * 1024


def refusal(path: Path) -> str:
    with (
        pytest.raises(CatalogueError) as refused,
        open_catalogue(path, DEFAULT_KINDS, lambda *_: None),
    ):
        pass
    return str(refused.value)


def a_pipe(path: Path) -> None:
    os.mkfifo(path)


def a_device(path: Path) -> None:
    path.symlink_to("/dev/zero")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="Windows has no such files.")
@pytest.mark.parametrize("make", [a_pipe, a_device])
@pytest.mark.parametrize("name", ["films.json", "imdb/title.basics.tsv", "imdb/name.basics.tsv.gz"])
def test_only_regular_files_are_read(
    tmp_path: Path, name: str, make: Callable[[Path], None]
) -> None:
    path = tmp_path / name
    given = path
    if path.parent != tmp_path:
        given = folder(path.parent, [a_title()], packed=path.suffix == ".gz")
        path.unlink()
    make(path)
    assert refusal(given) == f"{path}: this is no regular file."


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
def test_a_huge_json_file_takes_bounded_memory(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "films.json"
    path.write_bytes(content)
    tracemalloc.start()
    try:
        assert refusal(path).startswith(str(path))
        _, most = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert most < 16 * MOST_BYTES


def test_a_sparse_json_file_is_refused_by_its_size(tmp_path: Path) -> None:
    path = tmp_path / "films.json"
    path.touch()
    os.truncate(path, 1024**4)
    assert refusal(path) == f"{path}: not valid JSON: it may have at most {MOST_BYTES} bytes."


def test_texts_inside_of_many_objects_are_looked_at_once(tmp_path: Path) -> None:
    depth, text = 200, "ё" * MEBIBYTE
    nested = json.dumps(text, ensure_ascii=False)
    for _ in range(depth):
        nested = f'{{"a": {nested}}}'
    path = tmp_path / "films.json"
    path.write_text(nested, "utf-8")
    assert refusal(path) == f"{path}: genres must be an array."


@pytest.mark.parametrize("packed", [False, True], ids=["plain", "packed"])
@pytest.mark.parametrize("start", [b"", HEADER], ids=["header", "row"])
def test_an_endless_line_is_refused(tmp_path: Path, start: bytes, packed: bool) -> None:
    path = folder(tmp_path / "imdb", [a_title()], packed=packed) / "title.basics.tsv"
    content = start + b"\0" * 64 * MEBIBYTE
    path = path.with_name(f"{path.name}.gz") if packed else path
    path.write_bytes(gzip.compress(content, 1) if packed else content)
    tracemalloc.start()
    try:
        said = refusal(tmp_path / "imdb")
        _, most = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    reason = "line 2: a line may have at most 65536 bytes." if start else "line 1: the columns must"
    assert said.startswith(f"{path}, {reason}")
    assert most < 8 * MEBIBYTE


def test_a_file_of_short_lines_is_refused_where_most_are_wrong(tmp_path: Path) -> None:
    path = folder(tmp_path / "imdb", [a_title()], packed=True) / "title.basics.tsv.gz"
    path.write_bytes(gzip.compress(HEADER + b"\n" * 64 * MEBIBYTE, 1))
    assert refusal(tmp_path / "imdb") == (
        f"{path}, line 10002: most rows have a wrong number of columns."
    )


def test_a_file_that_unpacks_to_far_more_than_it_is_gets_refused(tmp_path: Path) -> None:
    row = "\t".join(a_title(kind="x" * 5_000, title=NULL)).encode() + b"\n"
    path = folder(tmp_path / "imdb", [a_title()], packed=True) / "title.basics.tsv.gz"
    path.write_bytes(gzip.compress(HEADER + row * 40_000, 9))
    assert refusal(tmp_path / "imdb") == (
        f"{path}, line 20000: this unpacks to far more than such a table has."
    )

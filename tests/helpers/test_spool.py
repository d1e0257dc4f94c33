from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from views.http.cache import spooled as module
from views.http.cache.spooled import Spooled, spool


def descriptors() -> int:
    return len(list(Path("/proc/self/fd").iterdir()))


@pytest.mark.parametrize("length", [0, 1, module.MEMORY_BYTES])
def test_keeps_what_is_short_in_memory(length: int) -> None:
    body, _ = spool([b"x" * length])
    assert body == b"x" * length


@pytest.mark.parametrize("extra", [1, 64 * 1024, 64 * 1024 + 1, 1_000_000])
def test_puts_what_is_long_into_a_file(extra: int) -> None:
    whole = bytes(range(256)) * (module.MEMORY_BYTES // 256) + b"y" * extra
    body, _ = spool(whole[start : start + 1000] for start in range(0, len(whole), 1000))
    assert isinstance(body, Spooled)
    assert len(body) == len(whole)
    assert b"".join(body) == whole


def test_readers_do_not_disturb_each_other() -> None:
    whole = b"".join(b"%07d," % number for number in range(100_000))
    body, _ = spool([whole])
    read: list[bytes] = []
    readers = [
        threading.Thread(target=lambda: read.append(b"".join(body))),  # type: ignore[arg-type]
        threading.Thread(target=lambda: read.append(b"".join(body))),  # type: ignore[arg-type]
    ]
    for reader in readers:
        reader.start()
    for reader in readers:
        reader.join()
    assert read == [whole, whole]


def test_the_tag_is_that_of_the_bytes_however_they_come() -> None:
    _, whole = spool([b"abc"])
    _, in_pieces = spool([b"a", b"", b"bc"])
    _, another = spool([b"abd"])
    assert whole == in_pieces
    assert whole != another


def test_the_file_is_gone_with_its_last_reader() -> None:
    before = descriptors()
    body, _ = spool([b"x" * (module.MEMORY_BYTES + 1)])
    assert descriptors() == before + 1
    reader = iter(body)
    next(reader)
    del body
    assert descriptors() == before + 1
    del reader
    assert descriptors() == before


def test_leaves_no_file_behind_where_the_pieces_fail() -> None:
    def pieces() -> Iterator[bytes]:
        yield b"x" * (module.MEMORY_BYTES + 1)
        raise OSError("no more")

    before = descriptors()
    with pytest.raises(OSError, match="no more"):
        spool(pieces())
    assert descriptors() == before

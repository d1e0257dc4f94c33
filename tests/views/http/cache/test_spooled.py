"""Response bodies in memory and in temporary files, and the limit on such files."""

import errno
import gc
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from views.http.cache import spool, spooled
from views.http.cache.spooled import MEMORY_BYTES, SpooledBody

Count = Callable[[], int]
LONG = [b"x" * (MEMORY_BYTES + 1)]


@pytest.fixture
def descriptors() -> Count:
    """Return a function that counts open files. No garbage of other tests is left to be closed."""
    gc.collect()
    return lambda: len(list(Path("/proc/self/fd").iterdir()))


@pytest.mark.parametrize("length", [0, MEMORY_BYTES])
def test_a_short_body_is_in_memory(length: int) -> None:
    body, _ = spool([b"x" * length])
    assert body == b"x" * length


@pytest.mark.parametrize("extra", [1, 64 * 1024, 64 * 1024 + 1])
def test_a_long_body_is_in_a_file(extra: int) -> None:
    whole = bytes(range(256)) * (MEMORY_BYTES // 256) + b"y" * extra
    body, _ = spool(whole[start : start + 1000] for start in range(0, len(whole), 1000))
    assert isinstance(body, SpooledBody)
    assert len(body) == len(whole)
    assert b"".join(body) == whole


def test_readers_do_not_disturb_each_other() -> None:
    whole = b"".join(b"%07d," % number for number in range(100_000))
    body, _ = spool([whole])
    assert isinstance(body, SpooledBody)
    one, other = iter(body), iter(body)
    first, second = whole[:65_536], whole[65_536:131_072]
    assert [next(one), next(one), next(other)] == [first, second, first]


@pytest.mark.parametrize(
    "pieces", [[b"a", b"", b"bc"], [b"x" * 9, b"x" * MEMORY_BYTES]], ids=["in memory", "in a file"]
)
def test_the_digest_is_that_of_the_bytes_however_they_come(pieces: list[bytes]) -> None:
    whole = b"".join(pieces)
    assert spool(pieces)[1] == spool([whole])[1] != spool([whole + b"d"])[1]


def test_the_file_is_gone_with_its_last_reader(descriptors: Count) -> None:
    before = descriptors()
    body, _ = spool(LONG)
    assert descriptors() == before + 1
    reader = iter(body)
    next(reader)
    del body
    assert descriptors() == before + 1
    del reader
    assert descriptors() == before


def test_a_body_that_only_refers_to_itself_closes_its_file(descriptors: Count) -> None:
    """Warnings are errors, so the test fails if the garbage collector has to close the file."""
    before = descriptors()
    cycle: list[object] = [spool(LONG)[0]]
    cycle.append(cycle)
    del cycle
    gc.collect()
    assert descriptors() == before


def test_leaves_no_file_behind_where_the_pieces_fail(descriptors: Count) -> None:
    def pieces() -> Iterator[bytes]:
        yield LONG[0]
        raise OSError("no more")

    before = descriptors()
    with pytest.raises(OSError, match="no more"):
        spool(pieces())
    assert descriptors() == before


def test_counts_files_with_readers(descriptors: Count, monkeypatch: pytest.MonkeyPatch) -> None:
    already = [body for body in gc.get_objects() if isinstance(body, SpooledBody)]
    monkeypatch.setattr(spooled, "MAX_FILES", len(already) + 1)
    reader = iter(spool(LONG)[0])
    assert len(next(reader)) == 65_536
    before = descriptors()
    with pytest.raises(OSError, match="Too many long responses") as refusal:
        spool(LONG)
    assert (refusal.value.errno, descriptors()) == (errno.EMFILE, before)
    del already, reader
    assert len(spool(LONG)[0]) == MEMORY_BYTES + 1


def test_counts_the_bytes_of_all_files(monkeypatch: pytest.MonkeyPatch) -> None:
    other, _ = spool(LONG)
    monkeypatch.setattr(spooled, "MAX_FILE_BYTES", 2 * MEMORY_BYTES)
    with pytest.raises(OSError, match="too long") as refusal:
        spool(LONG * 3)
    assert refusal.value.errno == errno.ENOSPC
    assert len(other) == MEMORY_BYTES + 1

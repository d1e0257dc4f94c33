"""Bodies of any length, with a digest and without holding them in memory."""

from __future__ import annotations

import hashlib
import os
import tempfile
import weakref
from collections.abc import Iterable, Iterator
from io import FileIO

# Larger bodies go to a file.
MEMORY_BYTES = 256 * 1024
_BLOCK_BYTES = 64 * 1024
DIGEST_BYTES = 16


class SpooledBody:
    """A body in a file without a name, which is gone with its last reader. Readers share it."""

    def __init__(self, file: FileIO) -> None:
        self._file = file
        self._length = 0
        # Not __del__: where both are garbage at once, the file might go first, and complain.
        weakref.finalize(self, file.close)

    def __len__(self) -> int:
        return self._length

    def __iter__(self) -> Iterator[bytes]:
        # Each read says where: the file itself has but one position.
        descriptor = self._file.fileno()
        for start in range(0, self._length, _BLOCK_BYTES):
            yield os.pread(descriptor, min(_BLOCK_BYTES, self._length - start), start)

    def append(self, piece: bytes) -> None:
        """Add to the body, before anybody reads it. Raises OSError, as on a full disk."""
        rest = memoryview(piece)
        while rest:
            rest = rest[self._file.write(rest) :]
        self._length += len(piece)


Body = bytes | SpooledBody


def spool(pieces: Iterable[bytes]) -> tuple[Body, str]:
    """Return the pieces as one body, and its digest in hexadecimal digits."""
    digest = hashlib.blake2b(digest_size=DIGEST_BYTES)
    beginning: list[bytes] = []
    length, spooled = 0, None
    for piece in pieces:
        digest.update(piece)
        length += len(piece)
        if spooled is not None:
            spooled.append(piece)
            continue
        beginning.append(piece)
        if length > MEMORY_BYTES:
            # Without a buffer, which could not be emptied any more once the disk is full.
            spooled = SpooledBody(tempfile.TemporaryFile(buffering=0))  # noqa: SIM115  # It closes.
            spooled.append(b"".join(beginning))
    body = b"".join(beginning) if spooled is None else spooled
    return body, digest.hexdigest()

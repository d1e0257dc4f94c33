"""Bodies of any length, with an entity tag and without holding them in memory."""

from __future__ import annotations

import hashlib
import os
import tempfile
from collections.abc import Iterable, Iterator
from io import FileIO

# Larger bodies go to a file.
MEMORY_BYTES = 256 * 1024
_BLOCK_BYTES = 64 * 1024


class Spooled:
    """A body in a file without a name, which is gone with the last reader. Readers share it."""

    def __init__(self, file: FileIO) -> None:
        self._file = file
        self._length = 0

    def __del__(self) -> None:
        self._file.close()

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


Body = bytes | Spooled


def spool(pieces: Iterable[bytes]) -> tuple[Body, str]:
    """Return the pieces as one body, and its strong entity tag (RFC 9110, section 8.8.3).

    The tag is a digest of the body, so it is the same in all processes and after a restart.
    """
    digest = hashlib.blake2b(digest_size=16)
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
            spooled = Spooled(tempfile.TemporaryFile(buffering=0))  # noqa: SIM115  # Closed by it.
            spooled.append(b"".join(beginning))
    body = b"".join(beginning) if spooled is None else spooled
    return body, f'"{digest.hexdigest()}"'

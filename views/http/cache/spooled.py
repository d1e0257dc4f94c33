"""Response bodies of any length: short ones stay in memory, long ones go to a file."""

import errno
import hashlib
import tempfile
import weakref
from collections.abc import Iterable, Iterator
from io import FileIO
from threading import Lock
from weakref import WeakSet

# Larger bodies go to a file.
MEMORY_BYTES = 256 * 1024
_BLOCK_BYTES = 64 * 1024
DIGEST_BYTES = 16

# Bounds on the open files of this process and on their bytes. They count files that have left the
# cache, too, while a client is still reading them, however slowly.
MAX_FILES = 192
MAX_FILE_BYTES = 4 * 1024 * 1024 * 1024


class SpooledBody:
    """A body in an unnamed file. Readers share it, and it is deleted after the last of them."""

    def __init__(self, file: FileIO) -> None:
        self._file = file
        self._length = 0
        self._position = Lock()
        # Not __del__: if both are garbage at once, the file may be finalized first, and warn.
        weakref.finalize(self, file.close)

    def __len__(self) -> int:
        return self._length

    def __iter__(self) -> Iterator[bytes]:
        for start in range(0, self._length, _BLOCK_BYTES):
            with self._position:  # Readers share one position. (Windows has no `os.pread`.)
                self._file.seek(start)
                block = self._file.read(_BLOCK_BYTES)
            yield block

    def append(self, piece: bytes) -> None:
        """Append to a body that nobody reads yet. Raises OSError, for instance on a full disk."""
        rest = memoryview(piece)
        while rest:
            rest = rest[self._file.write(rest) :]
        self._length += len(piece)


Body = bytes | SpooledBody

_open: WeakSet[SpooledBody] = WeakSet()
_lock = Lock()


def spool(pieces: Iterable[bytes]) -> tuple[Body, str]:
    """Return the pieces as one body, and its entity tag.

    Raises OSError when the disk is full, or when this process has too many files or bytes in them.
    """
    digest = hashlib.blake2b(digest_size=DIGEST_BYTES)
    beginning: list[bytes] = []
    length, spooled = 0, None
    for piece in pieces:
        digest.update(piece)
        length += len(piece)
        if spooled is not None:
            _check_room(len(piece))
            spooled.append(piece)
            continue
        beginning.append(piece)
        if length > MEMORY_BYTES:
            spooled = _open_file()
            spooled.append(b"".join(beginning))
    body = b"".join(beginning) if spooled is None else spooled
    return body, f'"{digest.hexdigest()}"'


def _open_file() -> SpooledBody:
    with _lock:
        if len(_open) >= MAX_FILES:
            raise OSError(errno.EMFILE, "Too many long responses are open.")
        # Unbuffered: a buffer could not be flushed any more once the disk is full.
        body = SpooledBody(tempfile.TemporaryFile(buffering=0))  # noqa: SIM115  # It closes it.
        _open.add(body)
    return body


def _check_room(more: int) -> None:
    with _lock:
        if more + sum(map(len, _open)) > MAX_FILE_BYTES:
            raise OSError(errno.ENOSPC, "The open responses are too long.")

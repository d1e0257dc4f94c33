"""Tables in IMDb's format: columns are separated by tabs and never quoted.

A quotation mark is an ordinary character, `\\N` is null, and the first line names the columns
(https://developer.imdb.com/non-commercial-datasets/).
"""

import gzip
import os
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import partial
from io import BufferedReader
from pathlib import Path

from helpers.catalogue.files import find_table, open_regular
from helpers.catalogue.model import CatalogueError, Progress, Tally

NULL = r"\N"

_PACKED = b"\x1f\x8b"

# Rows between two reports of progress. A gzipped file is checked for its unpacked size as often:
# text is compressed to a quarter, so a file that expands much further is malicious.
_ROWS = 20_000
_MAX_UNPACKED_BYTES = 32 * 1024 * 1024
_MAX_RATIO = 25

# Bytes of a line. IMDb's longest, for a series with many writers, has about 20,000.
_MAX_LINE_BYTES = 64 * 1024

# A file is refused when more rows than this have wrong columns, and they are the majority.
_MAX_WRONG_ROWS = 10_000


@dataclass(eq=False)
class Table:
    """One table of a folder, plain or gzipped. Iterating yields the fields of each row.

    Rows with a wrong number of columns are left out and noted in `skipped`. `line` is the line of
    the latest row. Both the constructor and the iteration raise CatalogueError.
    """

    folder: Path
    name: str
    columns: tuple[str, ...]
    skipped: Tally
    progress: Progress
    line: int = field(default=0, init=False)

    def __post_init__(self) -> None:
        self._path = find_table(self.folder, self.name)

    def skip(self, reason: str, rows: int = 1, first: int | None = None) -> None:
        """Note rows that are left out. The first one is at line `first`, or is the latest row."""
        self.skipped.note(f"{reason} ({self.name})", f"line {first or self.line}", rows)

    def broken(self, reason: str) -> CatalogueError:
        return CatalogueError(f"{self._path}, line {self.line}: {reason}.")

    def __iter__(self) -> Iterator[list[str]]:
        try:
            with open_regular(self._path) as raw, self._unpacked(raw) as content:
                yield from self._rows(raw, content)
        except UnicodeDecodeError as error:
            raise self.broken("not encoded as UTF-8") from error
        except (EOFError, zlib.error, gzip.BadGzipFile) as error:
            self.line += 1
            raise self.broken(f"the packed file is damaged: {error}") from error
        except OSError as error:
            raise CatalogueError(f"{self._path}: {error.strerror}.") from error

    def _rows(self, raw: BufferedReader, content: BufferedReader) -> Iterator[list[str]]:
        size = max(os.fstat(raw.fileno()).st_size, 1)
        read_line = partial(content.readline, _MAX_LINE_BYTES + 1)
        header = read_line()
        self.line = 1
        if tuple(header.decode("utf-8-sig").rstrip("\r\n").split("\t")) != self.columns:
            raise self.broken(f"the columns must be {', '.join(self.columns)}")
        wrong = 0
        for self.line, line in enumerate(iter(read_line, b""), start=2):
            if len(line) > _MAX_LINE_BYTES:
                raise self.broken(f"a line may have at most {_MAX_LINE_BYTES} bytes")
            fields = line.decode().rstrip("\r\n").split("\t")
            if len(fields) == len(self.columns):
                yield fields
            else:
                self.skip("wrong number of columns")
                wrong += 1
                if wrong > _MAX_WRONG_ROWS and wrong > self.line / 2:
                    raise self.broken("most rows have a wrong number of columns")
            if self.line % _ROWS == 0:
                self.progress(f"Reading {self._path.name}", raw.tell(), size)
                if content is not raw and content.tell() > _MAX_UNPACKED_BYTES + _MAX_RATIO * size:
                    raise self.broken("this unpacks to far more than such a table has")
        self.progress(f"Reading {self._path.name}", size, size)

    def _unpacked(self, raw: BufferedReader) -> BufferedReader:
        is_packed = raw.peek().startswith(_PACKED) or self._path.suffix == ".gz"
        return BufferedReader(gzip.GzipFile(fileobj=raw)) if is_packed else raw

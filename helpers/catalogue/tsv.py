"""Tables in the manner of IMDb's files: tabs between the columns and no quoting at all.

A quotation mark is a character like any other, `\\N` is null, and the first line names the columns
(https://developer.imdb.com/non-commercial-datasets/).
"""

from __future__ import annotations

import gzip
import os
import zlib
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from io import TextIOWrapper
from pathlib import Path
from typing import BinaryIO, cast

from helpers.catalogue.model import CatalogueError, Progress

NULL = r"\N"

# What is raised where a packed file is not what it should be.
_DAMAGE = (EOFError, zlib.error, gzip.BadGzipFile)

# How many rows are read between two reports of progress.
_ROWS = 20_000


class Table:
    """One file of a folder, plain or packed. Iterating yields the fields of each whole row.

    Rows with fewer or more columns than the first line names are left out and counted in `skipped`.
    Both the constructor and the iteration raise CatalogueError.
    """

    def __init__(
        self,
        folder: Path,
        name: str,
        columns: tuple[str, ...],
        skipped: Counter[str],
        progress: Progress,
    ) -> None:
        self.name = name
        self._path = _find(folder, name)
        self._columns = columns
        self._skipped = skipped
        self._progress = progress

    def skip(self, reason: str, rows: int = 1) -> None:
        """Count rows that are left out."""
        self._skipped[f"{reason} ({self.name})"] += rows

    def __iter__(self) -> Iterator[list[str]]:
        number = 0
        try:
            with (
                self._path.open("rb") as raw,
                TextIOWrapper(
                    _unpacked(raw, self._path), encoding="utf-8-sig", newline="\n"
                ) as lines,
            ):
                size = max(os.fstat(raw.fileno()).st_size, 1)
                self._check(lines.readline())
                for number, line in enumerate(lines, start=2):
                    fields = line.rstrip("\r\n").split("\t")
                    if len(fields) == len(self._columns):
                        yield fields
                    else:
                        self.skip("wrong number of columns")
                    if number % _ROWS == 0:
                        self._progress(f"Reading {self._path.name}", raw.tell(), size)
                self._progress(f"Reading {self._path.name}", size, size)
        except UnicodeDecodeError as error:
            raise self._broken(self._undecodable(), "not encoded as UTF-8") from error
        except _DAMAGE as error:
            raise self._broken(number + 1, f"the packed file is damaged: {error}") from error
        except OSError as error:
            raise CatalogueError(f"{self._path}: {error.strerror}.") from error

    def _check(self, header: str) -> None:
        if tuple(header.rstrip("\r\n").split("\t")) != self._columns:
            raise self._broken(1, f"the columns must be {', '.join(self._columns)}")

    def _undecodable(self) -> int:
        """Return the first line that is not UTF-8; the decoder, which reads ahead, cannot tell."""
        number = 0
        # Where a packed file is damaged as well, it is the line in which that shows.
        with (
            suppress(*_DAMAGE),
            self._path.open("rb") as raw,
            _unpacked(raw, self._path) as lines,
        ):
            for number, line in enumerate(lines, start=1):
                try:
                    line.decode("utf-8")
                except UnicodeDecodeError:
                    return number
        return number + 1

    def _broken(self, line: int, reason: str) -> CatalogueError:
        return CatalogueError(f"{self._path}, line {line}: {reason}.")


def _find(folder: Path, name: str) -> Path:
    plain, packed = folder / f"{name}.tsv", folder / f"{name}.tsv.gz"
    if plain.exists() and packed.exists():
        raise CatalogueError(f"{plain}: there is {packed.name} too. Leave the one that is meant.")
    if not plain.exists() and not packed.exists():
        raise CatalogueError(f"{plain}: there is no such file, and no {packed.name} either.")
    return plain if plain.exists() else packed


def _unpacked(raw: BinaryIO, path: Path) -> BinaryIO:
    return cast(BinaryIO, gzip.GzipFile(fileobj=raw)) if path.suffix == ".gz" else raw

"""Importing IMDb's files, compared with the driver's `executemany` of the same rows."""

import os
import subprocess
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from statistics import median
from typing import NamedTuple

from sqlalchemy import create_engine

from benchmarks.databases import Databases
from benchmarks.fill import catalogue_rows, insert_many, number_of_directors
from benchmarks.imdb import write_files
from benchmarks.results import Row
from config import ROOT
from tests.support.servers import environment, flask

SHARE = 0.25
# The page caches of three databases, which fill up with the first films.
CACHES_MB = 128
_FEWER = 4  # A quarter of the titles, with the same directors.


class Import(NamedTuple):
    seconds: float
    kibibytes: int  # Peak memory.


class ImportFailed(Exception):
    """The command has refused the files."""


def rows(engine: str, databases: Databases, films: int, rounds: int) -> Iterator[Row]:
    """Yield the rows about an import of this many films."""
    what = f"import of IMDb files, {films:,} films"
    people = number_of_directors(films)
    with tempfile.TemporaryDirectory(prefix="kinoteka-imdb-") as name:
        many, few = Path(name) / "many", Path(name) / "few"
        write_files(many, films, people)
        write_files(few, films // _FEWER, people)
        try:
            fewer = _load(databases.empty(), few)
            pairs = [
                (_load(databases.empty(), many), _execute_many(databases.empty(), films))
                for _ in range(rounds)
            ]
        except ImportFailed as error:
            yield Row(engine, what, None, SHARE, at_least=True, note=str(error))
            return
    rate = median(plain / ours.seconds for ours, plain in pairs)
    seconds = median(ours.seconds for ours, _ in pairs)
    yield Row(
        *(engine, f"{what}, against executemany of the same rows", rate, SHARE),
        at_least=True,
        note=f"{films / seconds:,.0f} films/s",
    )
    memory = max(ours.kibibytes for ours, _ in pairs)
    yield Row(
        *(engine, f"its memory, beyond that of {_FEWER} times as few films of the same directors"),
        *((memory - fewer.kibibytes) / 1024, CACHES_MB),
        unit="MB",
        note=f"{memory / 1024:.0f} MB in all",
    )


def _load(url: str, folder: Path) -> Import:
    """Import a folder with the command, and measure its whole time."""
    with tempfile.TemporaryFile() as output:
        began = time.perf_counter()
        process = subprocess.Popen(  # noqa: S603  # Ours.
            flask("load-catalogue", folder),
            cwd=ROOT,
            env=environment(url),
            stdout=output,
            stderr=output,
        )
        _, status, usage = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - began
        process.returncode = os.waitstatus_to_exitcode(status)
        output.seek(0)
        told = output.read().decode().replace(str(folder), folder.name).strip().splitlines()
    if process.returncode:
        raise ImportFailed(told[-1] if told else f"exit code {process.returncode}")
    return Import(seconds, usage.ru_maxrss)


def _execute_many(url: str, films: int) -> float:
    """Return the seconds that plain insertion of the same, prepared rows takes."""
    tables = {table: list(rows) for table, rows in catalogue_rows(films).items()}
    engine = create_engine(url)
    began = time.perf_counter()
    with engine.begin() as connection:
        for table, ready in tables.items():
            insert_many(connection, table, ready)
    seconds = time.perf_counter() - began
    engine.dispose()
    return seconds

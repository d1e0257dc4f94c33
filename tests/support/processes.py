"""Processes that end with the tests, even if the tests are killed."""

import atexit
import ctypes
import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from functools import cache
from pathlib import Path
from typing import Any

from tests.support import reaper

STOP_SECONDS = 30
_PR_SET_PDEATHSIG = 1  # prctl(2)


@contextmanager
def running(command: Sequence[str | Path], **options: Any) -> Iterator[subprocess.Popen[Any]]:
    """Run a command in its own process group, and stop it afterwards.

    The options are passed to Popen.
    """
    with (
        subprocess.Popen(command, start_new_session=True, **options) as process,
        left_to_the_reaper(process.pid),
    ):
        try:
            yield process
            process.terminate()
            process.wait(STOP_SECONDS)
        finally:
            kill(process)


def kill(process: subprocess.Popen[Any]) -> None:
    """Kill the whole process group of a process that `running` started."""
    with suppress(ProcessLookupError, PermissionError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


@contextmanager
def temporary_folder(prefix: str) -> Iterator[Path]:
    """A folder that is deleted afterwards, by the reaper if the tests are killed.

    The reaper also stops a PostgreSQL in it.
    """
    with (
        tempfile.TemporaryDirectory(prefix=prefix, ignore_cleanup_errors=True) as name,
        left_to_the_reaper(name),
    ):
        yield Path(name)


@contextmanager
def left_to_the_reaper(what: int | str | Path) -> Iterator[None]:
    """Let the reaper kill this process group or delete this folder if the tests are killed."""
    _tell("+", what)
    try:
        yield
    finally:
        _tell("-", what)


def die_with_parent() -> None:
    """Make the kernel kill this process when its parent ends. This works only on Linux."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)


def children(pid: int) -> list[int]:
    """Return the process ids of the running children of a process."""
    with suppress(OSError):
        listed = Path(f"/proc/{pid}/task").glob("*/children")
        return [int(child) for path in listed for child in path.read_text().split()]
    return []


def workers(pid: int) -> list[int]:
    """Return the process ids of granian's workers. `pid` is its main process."""
    # Unless workers are forked, multiprocessing adds a resource tracker.
    return [child for child in children(pid) if "resource_tracker" not in _command(child)]


def is_running(pid: int) -> bool:
    """Return whether a process is running. A zombie is not."""
    with suppress(OSError):
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] not in "XZ"
    return False


def send(signal_number: signal.Signals, pids: Iterable[int]) -> None:
    """Send a signal to processes, except to those that have ended."""
    for pid in pids:
        with suppress(ProcessLookupError):
            os.kill(pid, signal_number)


def _command(pid: int) -> str:
    with suppress(OSError):
        return Path(f"/proc/{pid}/cmdline").read_text()
    return ""


def _tell(sign: str, what: int | str | Path) -> None:
    if os.name == "posix":
        pipe = _reaper().stdin
        assert pipe is not None
        pipe.write(f"{sign} {what}\n".encode())


@cache
def _reaper() -> subprocess.Popen[bytes]:
    """Start the reaper. Only this process holds the write end of its pipe."""
    process = subprocess.Popen(
        [sys.executable, "-I", reaper.__file__],
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        bufsize=0,
        start_new_session=True,
    )
    atexit.register(process.communicate)
    return process

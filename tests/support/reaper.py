"""Cleans up what a killed test process leaves behind. Runs as its own process.

Standard input is a pipe whose write end only the test process holds. Each line adds (`+ what`) or
removes (`- what`) a process id or the path of a folder. At the end of the pipe, the remaining
processes are killed and the remaining folders are deleted. A PostgreSQL in a folder is stopped
before the folder is deleted.
"""

import os
import shutil
import signal
import sys
import time
from collections.abc import Callable, Iterable
from contextlib import suppress
from pathlib import Path

ENDING_SECONDS = 8


def main() -> None:
    # A terminal signals its whole process group, and the reaper has to outlive the tests.
    for ignored in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(ignored, signal.SIG_IGN)
    left: dict[str, None] = {}
    for line in sys.stdin:
        sign, what = line.rstrip("\n").split(" ", 1)
        if sign == "+":
            left[what] = None
        else:
            left.pop(what, None)
    clean_up(left)


def clean_up(left: Iterable[str]) -> None:
    """Kill process groups, stop PostgreSQL servers and delete folders."""
    folders = [Path(what) for what in left if not what.isdecimal()]
    servers = [server for folder in folders for server in postgresql_of(folder)]
    for group in (int(what) for what in left if what.isdecimal()):
        _send(os.killpg, group, signal.SIGKILL)
    for server in servers:
        # On SIGQUIT, PostgreSQL ends its children and frees its shared memory.
        _send(os.kill, server, signal.SIGQUIT)
        _send(os.kill, server, signal.SIGCONT)
    deadline = time.monotonic() + ENDING_SECONDS
    while any(Path(f"/proc/{server}").exists() for server in servers):
        if time.monotonic() > deadline:
            break
        time.sleep(0.05)
    for folder in folders:
        shutil.rmtree(folder, ignore_errors=True)


def postgresql_of(folder: Path) -> list[int]:
    """Return the process id of the PostgreSQL in a folder, or an empty list."""
    with suppress(OSError, ValueError, IndexError):
        return [int((folder / "postmaster.pid").read_text().splitlines()[0])]
    return []


def _send(send: Callable[[int, int], None], pid: int, number: signal.Signals) -> None:
    with suppress(ProcessLookupError, PermissionError):
        send(pid, number)


if __name__ == "__main__":
    main()

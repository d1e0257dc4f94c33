"""Ends what a test process leaves behind when it is killed; a program of its own.

Its standard input is a pipe whose other end only the test process holds. Each line says that a
process or a folder has come (`+ what`) or gone (`- what`), a process by its id, a folder by its
path. At the end of the pipe all that is left is killed and deleted. A folder of PostgreSQL is
deleted when its server has ended.
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
    # A terminal sends these to everybody; this process has to outlive the one that it serves.
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
    """Kill processes with their groups, stop servers of PostgreSQL, and delete folders."""
    folders = [Path(what) for what in left if not what.isdecimal()]
    servers = [server for folder in folders for server in postgresql_of(folder)]
    for group in (int(what) for what in left if what.isdecimal()):
        _send(os.killpg, group, signal.SIGKILL)
    for server in servers:
        # It ends its children itself, and then frees what the kernel keeps for it.
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
    """Return the process id of the PostgreSQL that serves a folder, if there is one."""
    with suppress(OSError, ValueError, IndexError):
        return [int((folder / "postmaster.pid").read_text().splitlines()[0])]
    return []


def _send(send: Callable[[int, int], None], pid: int, number: signal.Signals) -> None:
    with suppress(ProcessLookupError, PermissionError):
        send(pid, number)


if __name__ == "__main__":
    main()

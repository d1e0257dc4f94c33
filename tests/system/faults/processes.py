"""Processes that other processes started."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path


def children(pid: int) -> list[int]:
    """Return the ids of the processes that a process has started, and that are running."""
    with suppress(OSError):
        listed = Path(f"/proc/{pid}/task").glob("*/children")
        return [int(child) for path in listed for child in path.read_text().split()]
    return []


def workers(pid: int) -> list[int]:
    """Return the ids of granian's worker processes, by the id of its main one."""
    # Where they are not forked, Python adds a process of its own.
    return [child for child in children(pid) if "resource_tracker" not in _command(child)]


def send(signal_number: signal.Signals, pids: Iterable[int]) -> None:
    """Send a signal; a process that is gone already needs none."""
    for pid in pids:
        with suppress(ProcessLookupError):
            os.kill(pid, signal_number)


def _command(pid: int) -> str:
    with suppress(OSError):
        return Path(f"/proc/{pid}/cmdline").read_text()
    return ""

"""Runs the promises, and knows at any moment what has come out so far."""

import threading
import time
from collections.abc import Callable, Iterator, Sequence
from itertools import groupby

from grader.model import Promise, Result, Sheet
from grader.response import NoResponseError
from grader.server import Server

# A server that answers so slowly is asked several things at a time.
_SLOW_SECONDS = 0.3
_WORKERS = 4
_TICK_SECONDS = 0.1


class Examination:
    def __init__(self, url: str, promises: Sequence[Promise], deadline_seconds: float) -> None:
        self.url, self.promises = url, promises
        self.ended = "complete"
        """Or deadline, interrupted, silent, unreachable."""
        self.began_at, self.seconds, self.server_header = time.time(), 0.0, ""
        self._server = Server(url, deadline_seconds)
        self._deadline = deadline_seconds
        self._sheets = {promise.id: Sheet() for promise in promises}
        self._finished: set[str] = set()

    def run(self, progress: Callable[[int, int], None]) -> None:
        """Examine the server until all is known, time runs out or somebody interrupts."""
        began = time.monotonic()
        examining = threading.Thread(target=self._examine_all, daemon=True)
        examining.start()
        try:
            while examining.is_alive() and self.ended == "complete":
                examining.join(_TICK_SECONDS)
                progress(len(self._finished), len(self.promises))
                if time.monotonic() - began > self._deadline:
                    self.ended = "deadline"
        except KeyboardInterrupt:
            self.ended = "interrupted"
        if self.ended == "complete" and self._server.client.is_gone:
            self.ended = "silent"
        self.seconds = time.monotonic() - began

    @property
    def results(self) -> list[Result]:
        """What is known of every promise, now."""
        noted = self._server.noted
        return [
            Result(one, [*self._sheets[one.id].cases, *noted[one.id]], one.id in self._finished)
            for one in self.promises
        ]

    def _examine_all(self) -> None:
        seconds = [one for one in (self._try(), self._try()) if one is not None]
        if not seconds:
            self.ended = "unreachable"
            return
        workers = _WORKERS if min(seconds) > _SLOW_SECONDS else 1
        for _, promises in groupby(sorted(self.promises, key=_stage), key=_stage):
            waiting = iter(list(promises))  # Threads may share the iterator of a list.
            threads = [
                threading.Thread(target=self._examine, args=(waiting,), daemon=True)
                for _ in range(workers)
            ]
            for thread in threads:
                thread.start()
            for thread in threads:
                thread.join()

    def _try(self) -> float | None:
        """Return how long an answer takes; None when none comes."""
        began = time.monotonic()
        try:
            response = self._server.client.send("GET", "/genres/")
            self.server_header = response.headers.get("server", "")
        except NoResponseError as error:
            return None if error.trouble in {"timeout", "disconnected", "gone"} else 0.0
        return time.monotonic() - began

    def _examine(self, waiting: Iterator[Promise]) -> None:
        for promise in waiting:
            sheet, whole = self._sheets[promise.id], Sheet()
            with whole.case(""):
                self._server.unless_broken(*promise.unless)
                promise.check(self._server, sheet)
            # What goes wrong outside the cases; a check without cases is one.
            is_case = whole.cases[0].outcome != "kept" or not sheet.cases
            sheet.cases += whole.cases if is_case else []
            if any(case.outcome == "broken" for case in sheet.cases):
                self._server.broken.add(promise.id)
            if self._server.client.seconds_left > 0:
                self._finished.add(promise.id)


def _stage(promise: Promise) -> int:
    return promise.stage

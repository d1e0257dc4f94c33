"""Serving an application for a moment, and examining what is served."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from werkzeug.serving import WSGIRequestHandler, make_server

from grader import promises  # noqa: F401 # Importing the promises fills their list.
from grader.examination import Examination
from grader.model import PROMISES
from grader.summary import Summary, Words

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIApplication


class _Quiet(WSGIRequestHandler):
    def log(self, *_: object) -> None:
        """Say nothing."""


@contextmanager
def served(application: WSGIApplication) -> Iterator[str]:
    """Serve an application with a thread for every request; yields its address."""
    server = make_server("127.0.0.1", 0, application, threaded=True, request_handler=_Quiet)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def examined(url: str, *, deadline_seconds: float = 60, counts_all: bool = False) -> Summary:
    examination = Examination(url, PROMISES, deadline_seconds)
    examination.run(lambda *_: None)
    return Summary(examination, examination.results, counts_all, 100.0, Words("en"))


def with_outcome(summary: Summary, outcome: str) -> set[str]:
    return {result.promise.id for result in summary.results if result.outcome == outcome}

"""The limit: a WSGI callable that returns constant bytes."""

from collections.abc import Callable, Iterable
from typing import Any

from benchmarks.peers.bare_flask import BODY

_HEADERS = [("Content-Type", "application/json"), ("Content-Length", str(len(BODY)))]


def create_app() -> Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]:
    def ready(_environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        start_response("200 OK", _HEADERS)
        return (BODY,)

    return ready

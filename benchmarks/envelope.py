"""What the envelope costs on an answer, against a bare Flask view: both in one run, alternating.

    .venv/bin/python -m benchmarks.envelope > /dev/null

The log lines go to standard output as they do in a server; the result goes to standard error.
"""

from __future__ import annotations

import statistics
import sys
from collections.abc import Callable
from time import perf_counter
from typing import Any

from flask import Flask, Response
from werkzeug.test import EnvironBuilder

from helpers.envelope import Envelope

ROUNDS, REQUESTS = 7, 3000


def microseconds(app: Callable[..., Any]) -> float:
    """Return the time of one request, the mean of a round."""
    builder = EnvironBuilder("/ready")
    environs = [builder.get_environ() for _ in range(REQUESTS)]
    began = perf_counter()
    for environ in environs:
        for _ in app(environ, lambda *_: None):
            pass
    return (perf_counter() - began) / REQUESTS * 1e6


def main() -> None:
    bare = Flask("bare", static_folder=None)
    body = b"x" * 4000

    @bare.get("/ready")
    def ready() -> Response:
        return Response(body, content_type="application/json")

    enveloped = Envelope(bare.wsgi_app, ["*"])
    rounds = [(microseconds(bare.wsgi_app), microseconds(enveloped)) for _ in range(ROUNDS)]
    cost = statistics.median(both - one for one, both in rounds)
    view = statistics.median(one for one, _ in rounds)
    sys.stderr.write(
        f"bare view {view:.0f} µs, envelope {cost:.0f} µs: {cost / view:.2f} of the bare view\n"
    )


if __name__ == "__main__":
    main()

"""Logs: one JSON object per line on standard output."""

import json
import logging
import os
from contextlib import suppress
from contextvars import ContextVar
from datetime import UTC, datetime

import orjson

STANDARD_OUTPUT = 1

# Fields of the current request that every line has: its id, the client's IP address and, if the
# request is part of a trace, the `trace_id`.
Context = dict[str, str | None]
context: ContextVar[Context] = ContextVar("context", default={"request_id": None, "ip": None})  # noqa: B039  # It is never mutated.


def write(event: str, **fields: object) -> None:
    """Write one line with the time (UTC), the event, the current request and the fields.

    Fields may have any characters: JSON escapes those that would end the line.
    """
    now = datetime.now(UTC).isoformat(timespec="milliseconds")
    # One system call instead of `logging`, whose handlers wait for a lock: half the time of a
    # small request. A request succeeds even if its log cannot be written.
    with suppress(OSError):
        line = {"time": now, "event": event, **context.get(), **fields}
        os.write(STANDARD_OUTPUT, _encoded(line))


def _encoded(line: dict[str, object]) -> bytes:
    try:
        encoded = orjson.dumps(line, option=orjson.OPT_APPEND_NEWLINE)
        # orjson does not escape other characters, and some of them end a line, too.
        if encoded.isascii():
            return encoded
    except TypeError:  # A lone surrogate, or a very large number.
        pass
    return json.dumps(line).encode() + b"\n"


class Handler(logging.Handler):
    """Writes the records of `logging` in the same format, including tracebacks."""

    def emit(self, record: logging.LogRecord) -> None:
        fields: dict[str, object] = {"level": record.levelname.lower(), "logger": record.name}
        if record.exc_info:
            fields["traceback"] = logging.Formatter().formatException(record.exc_info)
        write(record.getMessage(), **fields)

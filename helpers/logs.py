"""Logs: one JSON object a line on standard output."""

import json
import logging
import os
from contextlib import suppress
from contextvars import ContextVar
from datetime import UTC, datetime

import orjson

STANDARD_OUTPUT = 1

# What every line tells of the request that is being answered: its id, the IP address of the client
# and, where it is part of a trace, the `trace_id`.
Cause = dict[str, str | None]
cause: ContextVar[Cause] = ContextVar("cause", default={"request_id": None, "ip": None})  # noqa: B039  # Nobody changes it.


def write(event: str, **fields: object) -> None:
    """Write one line: when (UTC), what, during which request of whom, and the fields.

    Nothing in a field can break the line, since JSON escapes what could.
    """
    now = datetime.now(UTC).isoformat(timespec="milliseconds")
    # One system call instead of `logging`, whose handlers wait for a lock: half the time of a
    # small request. A log that cannot be written must not cost anybody their answer.
    with suppress(OSError):
        os.write(STANDARD_OUTPUT, _encoded({"time": now, "event": event, **cause.get(), **fields}))


def _encoded(line: dict[str, object]) -> bytes:
    try:
        encoded = orjson.dumps(line, option=orjson.OPT_APPEND_NEWLINE)
        # The quick way leaves other characters as they are, and some of them end a line, too.
        if encoded.isascii():
            return encoded
    except TypeError:  # A lone surrogate, or a very large number.
        pass
    return json.dumps(line).encode() + b"\n"


class Handler(logging.Handler):
    """Writes the records of `logging` in the same shape, tracebacks included."""

    def emit(self, record: logging.LogRecord) -> None:
        fields: dict[str, object] = {"level": record.levelname.lower(), "logger": record.name}
        if record.exc_info:
            fields["traceback"] = logging.Formatter().formatException(record.exc_info)
        write(record.getMessage(), **fields)

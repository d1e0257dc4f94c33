"""The trace id that connects the logs of several services (W3C "Trace Context", section 3.2)."""

import re

# Version, trace id, parent id, flags. The version ff and ids of zeros only are invalid. Version 00
# has 55 characters; later versions may add more after a dash.
_TRACEPARENT = re.compile(
    "(?!ff|00.{54})[0-9a-f]{2}-(?!0{32})([0-9a-f]{32})-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}(?:-.*)?"
)


def trace_id(traceparent: str) -> str | None:
    """Return the trace id, 32 hexadecimal digits, or None if the header is not valid."""
    found = _TRACEPARENT.fullmatch(traceparent)
    return found[1] if found else None

"""The id of a trace, by which the logs of several services tell of one request.

W3C Recommendation "Trace Context", section 3.2.
"""

import re

# The version, the ids of the trace and of the caller's part of it, and flags. The version ff is not
# valid, nor are ids of zeros. Version 00 has 55 characters; a later one may go on after a dash.
_TRACEPARENT = re.compile(
    "(?!ff|00.{54})[0-9a-f]{2}-(?!0{32})([0-9a-f]{32})-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}(?:-.*)?"
)


def trace_id(traceparent: str) -> str | None:
    """Return the id of the trace, 32 hexadecimal digits, or None where the header is not valid."""
    found = _TRACEPARENT.fullmatch(traceparent)
    return found[1] if found else None

"""Strict JSON (RFC 8259) of a bounded size.

Python's own parser lets through what other parsers read differently or not at all, and orjson
loses digits of large integers: each makes up for the other.
"""

from __future__ import annotations

import json
from collections import Counter
from typing import Any

import orjson

# A value of three characters takes a hundred bytes of memory, so bytes alone would bound nothing.
MOST_BYTES = 32 * 1024 * 1024
MOST_VALUES = 2_000_000


def loads(content: bytes) -> Any:
    """Parse a file, which may begin with a byte order mark.

    Raises ValueError, with a reason for people, where it is too large, not UTF-8 or not JSON, is
    nested too deeply, names a member twice, has a number that is not finite, or a lone surrogate.
    It is a JSONDecodeError, which knows the line, where there is one to show.
    """
    if len(content) > MOST_BYTES:
        raise ValueError(f"it may have at most {MOST_BYTES} bytes")
    if sum(map(content.count, (b",", b"[", b"{"))) > MOST_VALUES:
        raise ValueError(f"it may have at most {MOST_VALUES} values and commas")
    try:
        text = content.decode("utf-8-sig")
        orjson.loads(text)
        return json.loads(text, object_pairs_hook=_unique)
    except UnicodeDecodeError as error:
        line = error.object.count(b"\n", 0, error.start) + 1
        raise ValueError(f"line {line} is not encoded as UTF-8") from error
    except RecursionError as error:
        raise ValueError("it is nested too deeply") from error


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    members = dict(pairs)
    if len(members) < len(pairs):
        [(twice, _)] = Counter(name for name, _ in pairs).most_common(1)
        raise ValueError(f"the name {twice[:50]!r} appears twice in one object")
    return members

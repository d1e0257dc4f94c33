"""Parsing of JSON files of a bounded size."""

from typing import Any

from helpers.strict_json import RepeatedName, parse_json

# A value of three characters takes a hundred bytes of memory, so the values are bounded, too.
MAX_BYTES = 32 * 1024 * 1024
MAX_VALUES = 2_000_000


def loads(content: bytes) -> Any:
    """Parse a file, which may begin with a byte order mark.

    Raises ValueError with a readable reason if it is too large, not UTF-8 or not JSON, nests too
    deeply, repeats a name in an object, or has a number that is not finite or a lone surrogate. If
    the line is known, the error is a JSONDecodeError.
    """
    if len(content) > MAX_BYTES:
        raise ValueError(f"it may have at most {MAX_BYTES} bytes")
    if sum(map(content.count, (b",", b"[", b"{"))) > MAX_VALUES:
        raise ValueError(f"it may have at most {MAX_VALUES} values and commas")
    try:
        return parse_json(content.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        line = error.object.count(b"\n", 0, error.start) + 1
        raise ValueError(f"line {line} is not encoded as UTF-8") from error
    except RepeatedName as error:
        raise ValueError(f"the name {error.name[:50]!r} appears twice in one object") from error

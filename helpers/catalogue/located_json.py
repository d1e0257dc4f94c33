"""Strict JSON (RFC 8259) whose objects know the line they begin in.

So a fault in a file can be shown where it stands. Python's own parser says nothing of the place,
and lets through what other parsers read differently or not at all.
"""

from __future__ import annotations

import json
import json.scanner
import math
from bisect import bisect_left
from typing import Any, NoReturn


class Located(dict[str, Any]):
    """An object of a file that knows the line it begins in."""

    line: int


def loads(content: bytes) -> Any:
    """Parse a file. Every object in it is a `Located`.

    Raises ValueError, with a reason for people, where it is not UTF-8 or not JSON, is nested too
    deeply, names a member twice, has a number that is not finite, or a lone surrogate. It is a
    JSONDecodeError, which knows the line, where there is one to show.
    """
    try:
        value = _Decoder().decode(_decoded(content))
        _refuse_surrogates(value)
    except RecursionError as error:
        raise ValueError("it is nested too deeply") from error
    return value


class _Decoder(json.JSONDecoder):
    """Makes objects that know their line. Only the scanner in Python lets objects be replaced."""

    def __init__(self) -> None:
        super().__init__(
            object_pairs_hook=_unique,
            parse_constant=_refuse_constant,
            parse_float=_finite,
            parse_int=_integer,
        )
        self.parse_object = self._locate
        self.scan_once = json.scanner.py_make_scanner(self)  # type: ignore[attr-defined]
        self._newlines: list[int] = []

    def decode(self, text: str, *args: Any) -> Any:
        self._newlines = [index for index, character in enumerate(text) if character == "\n"]
        return super().decode(text, *args)

    def _locate(self, text_and_start: tuple[str, int], *args: Any) -> tuple[Located, int]:
        text, start = text_and_start
        try:
            parsed, end = json.decoder.JSONObject(text_and_start, *args)  # type: ignore[attr-defined]
            _refuse_surrogates(parsed)
        except json.JSONDecodeError:
            raise
        except ValueError as error:  # What we refuse ourselves has no place of its own.
            raise json.JSONDecodeError(str(error), text, start - 1) from error
        located = Located(parsed)
        located.line = 1 + bisect_left(self._newlines, start)
        return located, end


def _decoded(content: bytes) -> str:
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise ValueError(f"line {line} is not encoded as UTF-8") from error
    if text.startswith("\ufeff"):
        raise ValueError("it begins with a byte order mark")
    return text


def _refuse_surrogates(value: Any) -> None:
    # Half of a surrogate pair can be written as an escape, but no encoding has it.
    try:
        json.dumps(value, ensure_ascii=False).encode("utf-8")
    except UnicodeEncodeError as error:
        raise ValueError("there is a lone surrogate") from error


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    members = dict(pairs)
    if len(members) < len(pairs):
        raise ValueError("a name appears twice in one object")
    return members


def _refuse_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is not a JSON number")


def _finite(text: str) -> float:
    if not math.isfinite(number := float(text)):
        raise ValueError("a number is too large")
    return number


def _integer(text: str) -> int:
    try:
        return int(text)
    except ValueError as error:  # Python converts no more than some thousands of digits.
        raise ValueError("a number is too large") from error

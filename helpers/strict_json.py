"""JSON as RFC 8259 has it, without the ambiguities that Python's parser lets through."""

from __future__ import annotations

import json
import math
from typing import Any, NoReturn


def loads(body: bytes, decoder: type[json.JSONDecoder] = json.JSONDecoder) -> Any:
    """Parse a body with a decoder of a class.

    Raises ValueError, with a reason for people, where it is not UTF-8 or not JSON, is nested too
    deeply, names a member twice, has a number that is not finite, or a lone surrogate.
    """
    try:
        value = json.loads(
            _decoded(body),
            cls=decoder,
            object_pairs_hook=_unique,
            parse_constant=_refuse_constant,
            parse_float=_finite,
            parse_int=_integer,
        )
        refuse_surrogates(value)
    except RecursionError as error:
        raise ValueError("it is nested too deeply") from error
    return value


def _decoded(body: bytes) -> str:
    try:
        text = body.decode("utf-8")
    except UnicodeDecodeError as error:
        line = body.count(b"\n", 0, error.start) + 1
        raise ValueError(f"line {line} is not encoded as UTF-8") from error
    if text.startswith("\ufeff"):
        raise ValueError("it begins with a byte order mark")
    return text


def refuse_surrogates(value: Any) -> None:
    """Raise ValueError where a text of the value holds half of a surrogate pair.

    It can be written as an escape, but no encoding has it.
    """
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


def _integer(text: str) -> int:
    try:
        return int(text)
    except ValueError as error:  # Python converts no more than some thousands of digits.
        raise ValueError("a number is too large") from error


def _finite(text: str) -> float:
    number = float(text)
    if not math.isfinite(number):
        raise ValueError("a number is too large")
    return number

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
            body.decode("utf-8"),
            cls=decoder,
            object_pairs_hook=_unique,
            parse_constant=_refuse_constant,
            parse_float=_finite,
        )
        # Half of a surrogate pair can be written as an escape, but no text can hold it.
        json.dumps(value, ensure_ascii=False).encode("utf-8")
    except UnicodeDecodeError as error:
        raise ValueError("it is not encoded as UTF-8") from error
    except UnicodeEncodeError as error:
        raise ValueError("it contains a lone surrogate") from error
    except RecursionError as error:
        raise ValueError("it is nested too deeply") from error
    return value


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    members = dict(pairs)
    if len(members) < len(pairs):
        raise ValueError("a name appears twice in one object")
    return members


def _refuse_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is not a JSON number")


def _finite(text: str) -> float:
    number = float(text)
    if not math.isfinite(number):
        raise ValueError("a number is too large")
    return number

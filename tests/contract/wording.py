"""What a failed check says to somebody who has never seen its code."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

import httpx

from tests.contract.notebook import CannotCheckError, in_words, notebook, short

_SHOWN_DIFFERENCES = 3
_SENTENCES = {
    ">=": "expected at least {expected}, came {came}",
    "<=": "expected nothing but {expected}, came {came}",
    "in": "`{came}` is missing",
    "not in": "`{came}` was not expected",
}


def what_happened(error: BaseException, compared: tuple[str, Any, Any] | None) -> str:
    """Say what a check found, from its error and the values of its failed comparison."""
    if isinstance(error, CannotCheckError):
        return str(error)
    asked = notebook.last() or _unanswered(error)
    return f"{asked}: {_fault(error, compared)}" if asked else _fault(error, compared)


def _unanswered(error: BaseException) -> str:
    """Say the request of an error that was met earlier, when several checks were prepared."""
    try:
        return in_words(error.request, None) if isinstance(error, httpx.RequestError) else ""
    except RuntimeError:  # It has none.
        return ""


def _fault(error: BaseException, compared: tuple[str, Any, Any] | None) -> str:
    match error:
        case AssertionError():
            return _comparison(*compared) if compared else "this should have succeeded"
        case httpx.TimeoutException():
            return "no answer in time"
        case httpx.HTTPError():
            return f"the connection broke ({short(error)})"
        case KeyError():
            return f"`{short(error.args[0])}` is missing"
        case ValueError():
            return "the answer is no good JSON"
    came = _shown(notebook.response.text) if notebook.response else "nothing"
    return f"the answer has another shape than expected: {came}"


def _comparison(operator: str, came: Any, expected: Any) -> str:
    if operator == "==":
        return _of_answer(came, expected)
    if operator == "in" and notebook.response and came == notebook.response.status_code:
        return f"expected one of {_shown(expected)}"
    sentence = _SENTENCES.get(operator, "expected {came} {operator} {expected}")
    return sentence.format(came=_shown(came), operator=operator, expected=_shown(expected))


def difference(came: Any, expected: Any) -> str:
    """Say where two different values differ: whole lists and objects would be too long to read."""
    match came, expected:
        case Mapping(), Mapping():
            return _some(_by_key(came, expected))
        case set(), set():
            return _some(_members(came, expected))
        case list(), list():
            return _items(came, expected)
    return f"expected {_shown(expected)}, came {_shown(came)}"


def _of_answer(came: Any, expected: Any) -> str:
    """Say where the status of the last answer and other values differ from what is expected."""
    if isinstance(came, tuple) and isinstance(expected, tuple) and len(came) == len(expected):
        pairs = zip(came, expected, strict=True)
        return "; ".join(_of_answer(one, other) for one, other in pairs if one != other)
    if notebook.response and came == notebook.response.status_code:
        return f"expected {_shown(expected)}"  # The sentence has said already what came.
    return difference(came, expected)


def _items(came: list[Any], expected: list[Any]) -> str:
    if came and not expected:
        more = f" (and {len(came) - 1} more)" if len(came) > 1 else ""
        return f"{came[0] if isinstance(came[0], str) else f'wrong: {_shown(came[0])}'}{more}"
    if len(came) != len(expected):
        return f"expected {len(expected)} items, came {len(came)}"
    number = next(i for i, item in enumerate(came) if item != expected[i])
    ids = [
        one.get("id") if isinstance(one, dict) else None for one in (came[number], expected[number])
    ]
    if ids[0] != ids[1]:
        return f"item {number + 1}: expected the one with id {ids[1]}, came {ids[0]}"
    return f"item {number + 1}: {difference(came[number], expected[number])}"


def _by_key(came: Mapping[Any, Any], expected: Mapping[Any, Any]) -> list[str]:
    return _members(set(came), set(expected)) + [
        f"{_named(key)}: {difference(came[key], expected[key])}"
        for key in came
        if key in expected and came[key] != expected[key]
    ]


def _members(came: set[Any], expected: set[Any]) -> list[str]:
    return [f"{_named(member)} is missing" for member in sorted(expected - came, key=str)] + [
        f"{_named(member)} was not expected" for member in sorted(came - expected, key=str)
    ]


def _named(key: Any) -> str:
    return short(" ".join(map(str, key)) if isinstance(key, tuple) else f"`{key}`")


def _some(differences: list[str]) -> str:
    more = len(differences) - _SHOWN_DIFFERENCES
    shown = "; ".join(differences[:_SHOWN_DIFFERENCES])
    return f"{shown}; and {more} more" if more > 0 else shown


def _shown(value: Any) -> str:
    if isinstance(value, set | frozenset):
        return short(", ".join(sorted(map(str, value))) or "nothing")
    if value is None or value is True or value is False:
        return json.dumps(value)
    if value in ("", b""):
        return "nothing"
    return short(value.decode("utf-8", "replace") if isinstance(value, bytes) else value)

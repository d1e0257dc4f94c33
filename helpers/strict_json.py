"""JSON as RFC 8259 defines it, without the extensions of Python's parser."""

import json
from collections import Counter
from typing import Any

import orjson


class RepeatedName(ValueError):
    """An object has two members with the same `name`."""

    def __init__(self, name: str) -> None:
        super().__init__("a name appears twice in one object")
        self.name = name


def parse_json(document: str | bytes) -> Any:
    """Parse JSON that every parser reads in the same way.

    Raises ValueError if it is not UTF-8 or not JSON, nests too deeply, repeats a name in an object
    (RepeatedName), or has a number that is not finite or a lone surrogate. If the line is known,
    the error is a JSONDecodeError.
    """
    # orjson refuses all of these but repeated names. Its result would round large integers.
    orjson.loads(document)
    try:
        return json.loads(document, object_pairs_hook=_unique)
    except RecursionError as error:  # Python's limit is a little lower than orjson's.
        raise ValueError("it is nested too deeply") from error


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    members = dict(pairs)
    if len(members) < len(pairs):
        [(twice, _)] = Counter(name for name, _ in pairs).most_common(1)
        raise RepeatedName(twice)
    return members

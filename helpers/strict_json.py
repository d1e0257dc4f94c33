"""JSON as RFC 8259 has it, without what Python's parser lets through."""

import json
from collections import Counter
from typing import Any

import orjson


class RepeatedName(ValueError):
    """An object has two members of one `name`."""

    def __init__(self, name: str) -> None:
        super().__init__("a name appears twice in one object")
        self.name = name


def parse_json(document: str | bytes) -> Any:
    """Parse JSON as every other parser reads it.

    Raises ValueError where it is not UTF-8 or not JSON, is nested too deeply, names a member twice
    (RepeatedName), or has a number that is not finite or a lone surrogate. It is a JSONDecodeError,
    which knows the line, where there is one to show.
    """
    orjson.loads(document)  # Refuses all of that but a name that appears twice, loses large ids.
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

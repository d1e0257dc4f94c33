"""Passwords, hashes and traces that an answer shows."""

import re
from collections.abc import Iterator
from typing import Any

from grader.people import MARK, claims_of
from grader.response import Response, shorten

_SHOWN = re.compile(
    rf"{MARK}\w+|\$2[abxy]\$\d\d\$|\$argon2|pbkdf2[:_]sha\d+[:$]|scrypt:\d+:|\$pbkdf2-"
    r"|Traceback \(most recent|__debugger__|File \\?\"[^\"<>]+\.py\\?\", line \d+"
    r"|sqlalchemy\.exc\.|\bsqlite3\.\w+Error|psycopg2?\.errors|\n\s+at .+\(.+\.\w+:\d+(:\d+)?\)"
)
_SECRET_NAME = re.compile(r"(?i)passw|pwd|salt|parol|^(hash|pass)$|пароль")
# No sentences, dates or URLs: what a hash or a salt may look like.
_SECRET = re.compile(r"(?!\d{4}-\d\d-\d\d|\*+$|.*://)[\w+/=$.:,\\'-]{12,}")


def found_in(response: Response, *, of_a_person: bool) -> str:
    """Return what an answer shows; names of fields are looked at where it is about a person."""
    if found := _SHOWN.search(response.text):
        return shorten(found.group())
    data = response.data() if of_a_person and response.is_success else None
    if isinstance(data, dict) and "paths" in data:
        return ""  # A document of the API names fields for passwords.
    for name, value in _fields(data):
        claims = claims_of(value)
        if found := _SHOWN.search(str(claims)):
            return f"{name}: {found.group()}"
        for field, content in [(name, value), *_fields(claims)]:
            if _SECRET_NAME.search(field) and _SECRET.fullmatch(content):
                return shorten(f'{f"{name}: " if claims else ""}"{field}": "{content}"')
    return ""


def _fields(data: Any) -> Iterator[tuple[str, str]]:
    """Return all texts in a value, each with its name, however deep they are."""
    waiting = [data]
    while waiting:
        one = waiting.pop()
        if isinstance(one, dict):
            yield from ((str(name), text) for name, text in one.items() if isinstance(text, str))
        waiting += (
            list(one.values()) if isinstance(one, dict) else one if isinstance(one, list) else []
        )

"""The language that a client prefers, and texts in it."""

import re
import tomllib
from collections.abc import Callable
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import TypeVar

from flask import request
from werkzeug.wrappers import Response

from views.http.languages.translation import Translation, russian_plural

ENGLISH, RUSSIAN = LANGUAGES = ("en", "ru")

JsonT = TypeVar("JsonT")
ResponseT = TypeVar("ResponseT", bound=Response)


def preferred_language() -> str:
    """Return "en" or "ru", whichever the client prefers (RFC 9110, section 12.5.4).

    Of two equally preferred languages the first wins. The default is English.
    """
    accepted = request.accept_languages
    named = [re.split("[-_]", tag.lower())[0] for tag in accepted.values()]
    languages = sorted(LANGUAGES, key=lambda one: named.index(one) if one in named else len(named))
    return accepted.best_match(languages, ENGLISH)


def state_language(response: ResponseT, language: str) -> ResponseT:
    """Set `Content-Language`, and `Vary`, since other clients get another language."""
    response.headers["Content-Language"] = language
    response.vary.add("Accept-Language")
    return response


def translated(value: JsonT, language: str) -> JsonT:
    """Translate a sentence or all texts of a document. Texts without a translation stay."""
    return value if language == ENGLISH else _with_each_text(value, _in_russian_if_translated)


def in_preferred_language(value: JsonT) -> tuple[JsonT, str]:
    """Translate sentences into the language that the client prefers, and return that language.

    If one of them has no translation all stay English, so that a response has one language.
    """
    if preferred_language() == RUSSIAN:
        with suppress(LookupError):
            return _with_each_text(value, _russian().translate), RUSSIAN
    return value, ENGLISH


def _with_each_text(value: JsonT, change: Callable[[str], str]) -> JsonT:
    changed: object = value
    if isinstance(value, str):
        changed = change(value)
    elif isinstance(value, list):
        changed = [_with_each_text(one, change) for one in value]
    elif isinstance(value, dict):
        changed = {key: _with_each_text(one, change) for key, one in value.items()}
    return changed  # type: ignore[return-value]  # Of the same shape.


def _in_russian_if_translated(text: str) -> str:
    with suppress(LookupError):
        return _russian().translate(text)
    return text


@cache
def _russian() -> Translation:
    table = Path(__file__).with_name("ru.toml").read_text("utf-8")
    return Translation(tomllib.loads(table), russian_plural)

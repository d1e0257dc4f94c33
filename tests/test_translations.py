"""Every message for clients has a translation, and no translation is unused."""

import ast
import inspect
import json
import re
import tomllib
from collections.abc import Iterator
from functools import cache
from itertools import chain
from pathlib import Path
from typing import Any

import email_validator
import orjson
import pytest
from flask.testing import FlaskClient
from marshmallow import Schema
from werkzeug.exceptions import default_exceptions

from config import ROOT
from helpers.strict_json import parse_json
from views import queries, schemas
from views.http.languages import translated

TABLE: dict[str, str | list[str]] = tomllib.loads(
    (ROOT / "views/http/languages/ru.toml").read_text("utf-8")
)

# Only the owner sees these messages, at the terminal.
TERMINAL = {ROOT / "service/owner.py"}
SOURCES = sorted(
    {*ROOT.glob("service/*.py"), *ROOT.glob("views/**/*.py")} - TERMINAL
    | {ROOT / "helpers/strict_json.py", ROOT / "helpers/database/unusable.py"}
)
EMAIL_VALIDATOR = [
    Path(email_validator.__file__).with_name(name) for name in ("syntax.py", "validate_email.py")
]
ORJSON = next(Path(orjson.__file__).parent.glob("orjson.*"))

# A handler replaces these messages.
NOT_FOR_CLIENTS = {
    "The input is not valid.",
    "The open responses are too long.",
    "Too many long responses are open.",
    "There is no translation to OpenAPI 3.1 of {}.",
}

UNITS = ("day", "hour", "minute", "second")
PERIODS = [period for unit in UNITS for period in (f"1 {unit}", f"2 {unit}s")]

BAD_JSON = [
    *(b"", b" ", b"[", b"{'a':1}", b'{"a" 1}', b'{"a":1,}', b"[1,]", b'{"a":1 "b":2}', b"[1 2]"),
    *(b"trux", b"nulx", b"falsx", b"NaN", b"-a", b"01", b"1.e", b"1ex", b"1e+x", b"1e400"),
    *(b'"\xff"', rb'"\x"', rb'"\u12"', rb'"\ud800"', rb'"\ud800\u0041"', rb'"\udc00"', b'"\n"'),
    *(b"{}x", b"\xef\xbb\xbf{}", b"\xff\xfe{\0", b"{\0\0\0}\0\0\0", b"[" * 8000, b"9" * 8000),
    b'{"a":1,"a":2}',
]


def is_sentence(text: str) -> bool:
    return re.fullmatch(r"[A-Z`].* .*(\.|\. \{\})", text, re.DOTALL) is not None


def texts(path: Path) -> Iterator[str]:
    """Yield the strings of a file except docstrings and log messages, with {} for placeholders."""
    tree = ast.parse(path.read_text("utf-8"))
    passed_over: set[ast.AST] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            passed_over.add(node.value)
        elif isinstance(node, ast.Call) and ".logger." in ast.unparse(node.func):
            passed_over.update(node.args)
        elif isinstance(node, ast.JoinedStr):
            passed_over.update(node.values)
    for node in ast.walk(tree):
        if node in passed_over:
            continue
        if isinstance(node, ast.JoinedStr):
            parts = (one.value if isinstance(one, ast.Constant) else "{}" for one in node.values)
            yield "".join(map(str, parts))
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value


def emails_texts() -> Iterator[str]:
    """Yield the messages of email-validator, without the details that the field removes."""
    for told in chain.from_iterable(map(texts, EMAIL_VALIDATOR)):
        text = re.sub(r"(?<! a) \{\}", "", told)  # A detail, too.
        for filled in (text.replace("{}", "period"), text.replace("{}", "hyphen")):
            if re.match(r"(An?|The|There|After|Quoting|Extra|Internationalized)\b", filled):
                yield re.split(r" \(|:", filled)[0].rstrip(".") + "."


def schema_texts() -> set[str]:
    """Return the messages of marshmallow for the schemas' input."""
    kinds = chain(vars(schemas).values(), vars(queries).values())
    found: set[str] = set()
    for schema in (kind() for kind in kinds if inspect.isclass(kind) and issubclass(kind, Schema)):
        found.update(map(str, schema.error_messages.values()))
        for field in schema.load_fields.values():
            found.update(map(str, field.error_messages.values()))
            found.update(chain.from_iterable(map(validator_texts, field.validators)))
    return found


def validator_texts(validator: Any) -> list[str]:
    messages = [getattr(validator, name) for name in dir(validator) if "message" in name]
    return [validator.error] if validator.error else list(filter(is_sentence, messages))


def reason(body: bytes) -> str:
    with pytest.raises(ValueError) as caught:  # noqa: PT011  # The test is about its message.
        parse_json(body)
    return str(caught.value)


def page_texts() -> list[str]:
    templates = ROOT.glob("views/**/templates/*.html")
    return re.findall(r'say\("([^"]+)"\)', "".join(path.read_text("utf-8") for path in templates))


def document_texts(client: FlaskClient) -> set[str]:
    """Return the texts of the documents and pages, except for the guide."""
    said = {*page_texts(), *PERIODS}

    def note(part: dict[str, Any]) -> None:
        if "version" not in part:  # The guide describes the API as a whole.
            texts = (part.get("summary"), part.get("description"))
            said.update(text for text in texts if isinstance(text, str))

    for path in ("/swagger.json", "/openapi.json"):
        json.loads(client.get(path).text, object_hook=note)
    return said


def is_of(template: str, sentence: str) -> bool:
    """Return whether a sentence fits a template with {} or named placeholders."""
    return pattern(template).fullmatch(" ".join(sentence.split())) is not None


@cache
def pattern(template: str) -> re.Pattern[str]:
    return re.compile(re.sub(r"\\\{\w*\\\}", ".+", re.escape(" ".join(template.split()))))


def is_translated(sentence: str) -> bool:
    return any(is_of(sentence, key) for key in TABLE) or translated(sentence, "ru") != sentence


def libraries_texts() -> set[str]:
    """Return the messages of libraries, except for the JSON parsers."""
    descriptions = {error.description for error in default_exceptions.values()}
    return schema_texts() | set(filter(None, descriptions)) | set(emails_texts())


def test_a_sentence_of_ours_has_a_translation() -> None:
    ours = set(filter(is_sentence, chain.from_iterable(map(texts, SOURCES)))) - NOT_FOR_CLIENTS
    assert [text for text in ours if not is_translated(text)] == []


def test_a_sentence_of_a_library_has_a_translation() -> None:
    of_json = {f"The body is not valid JSON: {reason(body)}." for body in BAD_JSON}
    assert [text for text in libraries_texts() | of_json if not is_translated(text)] == []


def test_a_text_of_the_documents_has_a_translation(client: FlaskClient) -> None:
    assert [text for text in document_texts(client) if not is_translated(text)] == []


def test_a_translation_is_of_something(client: FlaskClient) -> None:
    """A message that was removed or changed leaves a translation that is unused."""
    said = (
        libraries_texts() | document_texts(client) | set(chain.from_iterable(map(texts, SOURCES)))
    )
    said |= {"What is wrong.", "{}: line {} column {} (char {})"}
    said = {text for text in said if re.search("[a-z]{3}|[A-Z]", text.replace("{}", ""))}
    of_orjson = ORJSON.read_bytes()
    unneeded = [
        key
        for key in TABLE
        if not any(is_of(text, key) or is_of(key, text) for text in said)
        and key.encode() not in of_orjson
    ]
    assert unneeded == []


def test_a_translation_fills_in_what_the_sentence_does() -> None:
    filled = {key: [said] if isinstance(said, str) else said for key, said in TABLE.items()}
    places = {key: set(re.findall(r"\{\w+\}", key)) for key in TABLE}
    wrong = [
        key
        for key, forms in filled.items()
        if len(forms) not in (1, 3)
        or any(set(re.findall(r"\{\w+\}", form)) != places[key] for form in forms)
    ]
    assert wrong == []

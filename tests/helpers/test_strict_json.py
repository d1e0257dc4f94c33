from __future__ import annotations

import json
from typing import Any

import pytest

from helpers import strict_json


@pytest.mark.parametrize(
    ("body", "value"),
    [
        (b"{}", {}),
        (b"[]", []),
        (b" null\n", None),
        (b'"text"', "text"),
        (b'{"a": [1, 2.5, true, null, {"a": "b"}]}', {"a": [1, 2.5, True, None, {"a": "b"}]}),
        ('{"имя": "Ёж 🎬"}'.encode(), {"имя": "Ёж 🎬"}),
        (b'"\\ud83c\\udfac"', "🎬"),
        (b'"\\u0000"', "\0"),
        (b"1e308", 1e308),
        (b"9223372036854775808", 2**63),
    ],
    ids=str,
)
def test_parses_json(body: bytes, value: object) -> None:
    assert strict_json.loads(body) == value


def test_parses_a_big_document() -> None:
    films = [{"id": number, "title": "Ёлки " * 10, "rating": 7.5} for number in range(20_000)]
    assert strict_json.loads(json.dumps({"movies": films}).encode()) == {"movies": films}


def test_takes_the_same_name_in_different_objects() -> None:
    assert strict_json.loads(b'[{"a": {"a": 1}}, {"a": 2}]') == [{"a": {"a": 1}}, {"a": 2}]


def test_parses_with_the_decoder_it_is_handed() -> None:
    class Shouting(json.JSONDecoder):
        def decode(self, text: str, *args: Any) -> Any:
            return super().decode(text.upper(), *args)

    assert strict_json.loads(b'{"a": "b"}', decoder=Shouting) == {"A": "B"}


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (b"\xff", "line 1 is not encoded as UTF-8"),
        ('{"a": "ё"}'.encode("cp1251"), "line 1 is not encoded as UTF-8"),
        ('{\n"a": 1,\n"b": "ё"\n}'.encode("cp1251"), "line 3 is not encoded as UTF-8"),
        ('{"a": 1}'.encode("utf-16"), "line 1 is not encoded as UTF-8"),
        (b'"\xed\xa0\x80"', "line 1 is not encoded as UTF-8"),
        ('{"a": 1}'.encode("utf-8-sig"), "it begins with a byte order mark"),
        (b'{"a": 1, "a": 1}', "a name appears twice in one object"),
        (b'[{"b": {"a": 1, "b": 2, "\\u0061": 3}}]', "a name appears twice in one object"),
        (b"NaN", "NaN is not a JSON number"),
        (b'{"a": [Infinity]}', "Infinity is not a JSON number"),
        (b"-Infinity", "-Infinity is not a JSON number"),
        (b"1e400", "a number is too large"),
        (b'{"a": -1e400}', "a number is too large"),
        (b"1" * 5_000, "a number is too large"),
        (b'{"a": [-' + b"1" * 5_000 + b"]}", "a number is too large"),
        (b'"\\ud800"', "there is a lone surrogate"),
        (b'{"a": ["\\udfff"]}', "there is a lone surrogate"),
        (b'{"\\ud800": 1}', "there is a lone surrogate"),
        (b'"\\udfac\\ud83c"', "there is a lone surrogate"),
        (b"[" * 8_000 + b"]" * 8_000, "it is nested too deeply"),
        (b'{"a":' * 8_000 + b"1" + b"}" * 8_000, "it is nested too deeply"),
    ],
    ids=lambda value: str(value[:30]),
)
def test_refuses_with_a_reason(body: bytes, reason: str) -> None:
    with pytest.raises(ValueError, match=f"^{reason}$"):
        strict_json.loads(body)


@pytest.mark.parametrize("value", ["🎬", {"имя": ["Ёж", None, 5, True]}, [], 5, None], ids=str)
def test_takes_a_value_without_a_lone_surrogate(value: object) -> None:
    strict_json.refuse_surrogates(value)


@pytest.mark.parametrize(
    "value",
    ["\ud800", "a\udfff", ["\ud83c", "\udfac"], {"\ud800": 1}, {"a": [{"b": "\ud800"}]}],
    ids=ascii,
)
def test_refuses_a_value_with_a_lone_surrogate(value: object) -> None:
    with pytest.raises(ValueError, match=r"^there is a lone surrogate$"):
        strict_json.refuse_surrogates(value)


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b" ",
        b"{",
        b'{"a": 1',
        b"{'a': 1}",
        b'{"a": 1,}',
        b"{a: 1}",
        b"[1] 2",
        b"01",
        b"+1",
        b".5",
        b"0x10",
        b"True",
        b'"a\nb"',
        b"// comment\n{}",
    ],
    ids=str,
)
def test_refuses_what_is_not_json(body: bytes) -> None:
    with pytest.raises(json.JSONDecodeError):
        strict_json.loads(body)

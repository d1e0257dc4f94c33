from __future__ import annotations

import json

import pytest

from helpers.catalogue.located_json import Located, loads

TEXT = """{
  "films": [
    {"title": "Solaris"}, {"title": "Mirror"},
    {
      "title": "Stalker",
      "credits": {
        "director": {"name": "Ёж 🎬"}
      }
    }
  ]
}"""


def lines(value: object) -> list[int]:
    """The lines of all objects, in the order in which they begin."""
    if isinstance(value, list):
        return [line for item in value for line in lines(item)]
    if isinstance(value, Located):
        return [value.line, *lines(list(value.values()))]
    return []


@pytest.mark.parametrize(
    "text",
    [
        *(TEXT, "[]", " null\n", '"text"', "1e308", "9223372036854775808"),
        *(r'"\ud83c\udfac"', r'"\u0000"', '[{"a": {"a": 1}}, {"a": 2.5}]'),
    ],
)
def test_parses_what_json_is(text: str) -> None:
    assert loads(text.encode()) == json.loads(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (TEXT, [1, 3, 3, 4, 6, 7]),
        (TEXT.replace("\n", "\r\n"), [1, 3, 3, 4, 6, 7]),
        ("\n\n  {}", [3]),
        (r'[{"a": "\n\n"}, {}]', [1, 1]),
    ],
    ids=["line breaks", "breaks of two characters", "breaks before", "escaped breaks"],
)
def test_each_object_knows_the_line_it_begins_in(text: str, expected: list[int]) -> None:
    assert lines(loads(text.encode())) == expected


VALUES = [
    ("NaN", "NaN is not a JSON number"),
    ("-Infinity", "-Infinity is not a JSON number"),
    ("[-1e400]", "a number is too large"),
    ("1" * 5_000, "a number is too large"),
    (r'"\ud800"', "there is a lone surrogate"),
    (r'["\udfac\ud83c"]', "there is a lone surrogate"),
]


@pytest.mark.parametrize(
    ("fault", "reason"),
    [
        *VALUES,
        (r'1, "\ud800": 2', "there is a lone surrogate"),
        (r'1, "directo\u0072": 2', "a name appears twice in one object"),
    ],
    ids=lambda value: value[:30],
)
def test_names_the_place_in_which_the_innermost_object_with_a_fault_begins(
    fault: str, reason: str
) -> None:
    broken = TEXT.replace('{"name": "Ёж 🎬"}', fault)
    with pytest.raises(json.JSONDecodeError) as refusal:
        loads(broken.encode())
    assert (refusal.value.msg, refusal.value.lineno, refusal.value.colno) == (reason, 6, 18)


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        *((f"[{fault}]".encode(), reason) for fault, reason in VALUES),
        (b"\xff", "line 1 is not encoded as UTF-8"),
        ('{\n"a": 1,\n"b": "ё"\n}'.encode("cp1251"), "line 3 is not encoded as UTF-8"),
        (b'"\xed\xa0\x80"', "line 1 is not encoded as UTF-8"),
        ("{}".encode("utf-8-sig"), "it begins with a byte order mark"),
        (b'{"a":' * 8_000 + b"1" + b"}" * 8_000, "it is nested too deeply"),
    ],
    ids=lambda value: str(value[:30]),
)
def test_names_no_place_where_there_is_none_to_show(content: bytes, reason: str) -> None:
    with pytest.raises(ValueError, match=f"^{reason}$") as refusal:
        loads(content)
    assert not isinstance(refusal.value, json.JSONDecodeError)


@pytest.mark.parametrize("text", ["", '{"a": 1', "{'a': 1}", '{"a": 1,}', "[1] 2", "01", '"\n"'])
def test_names_the_line_in_which_it_is_no_json_any_more(text: str) -> None:
    with pytest.raises(json.JSONDecodeError) as refusal:
        loads(f"\n\n{text}".encode())
    assert refusal.value.lineno == 3

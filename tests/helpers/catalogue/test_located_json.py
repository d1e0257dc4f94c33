from __future__ import annotations

import json
from typing import Any

import pytest

from helpers import strict_json
from helpers.catalogue.located_json import Located, LocatingDecoder

TEXT = """{
  "films": [
    {"title": "Solaris"}, {"title": "Mirror"},
    {
      "title": "Stalker",
      "credits": {
        "director": {"name": "Tarkovsky"}
      }
    }
  ]
}"""


def loads(text: str) -> Any:
    return strict_json.loads(text.encode(), decoder=LocatingDecoder)


def lines(value: object) -> list[int]:
    """The lines of all objects, in the order in which they begin."""
    if isinstance(value, list):
        return [line for item in value for line in lines(item)]
    if isinstance(value, Located):
        return [value.line, *lines(list(value.values()))]
    return []


def test_parses_what_another_decoder_parses() -> None:
    assert loads(TEXT) == json.loads(TEXT)


@pytest.mark.parametrize("line_break", ["\n", "\r\n"])
def test_each_object_knows_the_line_it_begins_in(line_break: str) -> None:
    assert lines(loads(TEXT.replace("\n", line_break))) == [1, 3, 3, 4, 6, 7]


def test_counts_the_lines_before_the_first_object() -> None:
    assert lines(loads("\n\n  {}")) == [3]


def test_takes_an_escaped_line_break_for_none() -> None:
    assert lines(loads(r'[{"a": "\n\n"}, {}]')) == [1, 1]


@pytest.mark.parametrize("text", ["[]", "null", "5", '"text"'])
def test_parses_a_document_without_an_object(text: str) -> None:
    assert loads(text) == json.loads(text)


VALUES = [
    ("NaN", "NaN is not a JSON number"),
    ("-Infinity", "-Infinity is not a JSON number"),
    ("[1e400]", "a number is too large"),
    ("1" * 5_000, "a number is too large"),
    (r'"\ud800"', "there is a lone surrogate"),
    (r'["\udfff"]', "there is a lone surrogate"),
]


@pytest.mark.parametrize(
    ("fault", "reason"),
    [*VALUES, ('1, "director": 2', "a name appears twice in one object")],
    ids=lambda value: value[:30],
)
def test_names_the_place_in_which_the_innermost_object_with_a_fault_begins(
    fault: str, reason: str
) -> None:
    broken = TEXT.replace('{"name": "Tarkovsky"}', fault)
    with pytest.raises(json.JSONDecodeError) as refusal:
        loads(broken)
    assert (refusal.value.msg, refusal.value.lineno, refusal.value.colno) == (reason, 6, 18)


@pytest.mark.parametrize(("fault", "reason"), VALUES, ids=lambda value: value[:30])
def test_names_no_place_of_a_fault_outside_of_any_object(fault: str, reason: str) -> None:
    with pytest.raises(ValueError, match=f"^{reason}$") as refusal:
        loads(f"[{fault}]")
    assert not isinstance(refusal.value, json.JSONDecodeError)


def test_names_the_line_itself_where_it_is_no_json_any_more() -> None:
    with pytest.raises(json.JSONDecodeError) as refusal:
        loads(TEXT.replace('"director":', '"director"'))
    assert refusal.value.lineno == 7

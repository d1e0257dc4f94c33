from contextlib import suppress

import pytest

from helpers.strict_json import parse_json


@pytest.mark.parametrize(
    ("body", "value"),
    [
        (b'[{"a": {"a": 1}}, {"a": 2.5}]', [{"a": {"a": 1}}, {"a": 2.5}]),
        ('{"имя": "Ёж 🎬"}'.encode(), {"имя": "Ёж 🎬"}),
        (b'"\\ud83c\\udfac"', "🎬"),
        (b"9223372036854775808", 2**63),
    ],
    ids=str,
)
def test_parses_json(body: bytes, value: object) -> None:
    assert parse_json(body) == value


@pytest.mark.parametrize(
    "body",
    [
        *(b"", b'{"a": 1,}', b"[1] 2", b"01", b'"a\nb"', b"// comment\n{}"),
        *(b"\xff", '{"a": 1}'.encode("utf-8-sig"), b'"\xed\xa0\x80"'),
        *(b'{"a": 1, "a": 1}', b'[{"b": {"a": 1, "b": 2, "\\u0061": 3}}]'),
        *(b"NaN", b'{"a": [Infinity]}', b"1e400", b"1" * 5_000),
        *(b'"\\ud800"', b'{"\\ud800": 1}', b'"\\udfac\\ud83c"'),
        b"[" * 8_000 + b"]" * 8_000,
    ],
    ids=lambda body: repr(body[:30]),
)
def test_refuses_what_is_not_json_or_not_safe(body: bytes) -> None:
    with pytest.raises(ValueError, match=r"\w"):
        parse_json(body)


def test_between_the_limits_of_depth_of_both_parsers_it_fails_in_no_other_way() -> None:
    with suppress(ValueError):
        parse_json(b"[" * 1_000 + b"]" * 1_000)

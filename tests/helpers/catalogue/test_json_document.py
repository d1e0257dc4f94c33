import json

import pytest

from helpers.catalogue.json_document import loads


def test_a_byte_order_mark_may_come_first() -> None:
    assert loads('{"title": "Ёж"}'.encode("utf-8-sig")) == {"title": "Ёж"}


@pytest.mark.parametrize(
    "fault",
    [
        *("NaN", "1" * 5_000, r'"\ud800"', '"\t"', "[1,]", "1] 2", '{"a": 1', "\ufeff"),
    ],
    ids=lambda value: ascii(value)[:30],
)
def test_names_the_line_in_which_it_is_no_json_any_more(fault: str) -> None:
    with pytest.raises(json.JSONDecodeError) as refusal:
        loads(f"[\n\n{fault}]".encode())
    assert refusal.value.lineno == 3


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"\xff", "line 1 is not encoded as UTF-8"),
        ('{\n"a": 1,\n"b": "ё"\n}'.encode("cp1251"), "line 3 is not encoded as UTF-8"),
        (b"\xef\xbb\xbf[\n\xff]", "line 2 is not encoded as UTF-8"),
        (b'"\xed\xa0\x80"', "line 1 is not encoded as UTF-8"),
        (b'[{"b": {"a": 1, "c": 2, "\\u0061": 3}}]', "the name 'a' appears twice in one object"),
    ],
    ids=lambda value: str(value[:30]),
)
def test_says_what_is_wrong_where_there_is_no_place_to_show(content: bytes, reason: str) -> None:
    with pytest.raises(ValueError, match=f"^{reason}$") as refusal:
        loads(content)
    assert not isinstance(refusal.value, json.JSONDecodeError)

import pytest

from helpers.posters.typography import cleaned, fitted, shortened, width, wrapped


@pytest.mark.parametrize(
    ("text", "drawn"),
    [
        ("  Ёжик \t в\n\ntумане ", "Ёжик в tумане"),
        ("a\0b\x1bc\ufffed\ud800", "a b c d"),
        ("\u202eabc\u2066", "abc"),
        ("", "…"),
        ("\0", "…"),
        ("x" * 500, "x" * 200),
        ("e\u0301\u0302\u0303\u0304\u0305x", "e\u0301\u0302\u0303x"),
        ("👨\u200d👩", "👨\u200d👩"),
    ],
    ids=ascii,
)
def test_cleans_what_cannot_be_drawn(text: str, drawn: str) -> None:
    assert cleaned(text) == drawn


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("aa", ["aa"]),
        ("aa bb cc", ["aa bb", "cc"]),
        ("a overlong", ["a", "overlong"]),
        ("千と千尋の神", ["千と千", "尋の神"]),
        ("神e\u0301", ["神e\u0301"]),
    ],
)
def test_wraps_at_words_and_between_ideographs(text: str, lines: list[str]) -> None:
    assert wrapped(text, room=3.4) == lines


def test_breaks_words_where_they_are_too_long() -> None:
    assert wrapped("aa aaa", room=3.4, breaks_words=True) == ["aa", "aaa"]
    assert wrapped("aa aaaaaaaa", room=3.4, breaks_words=True) == ["aa aa", "aaaa", "aa"]


def test_parts_no_letter_from_its_marks() -> None:
    assert wrapped("e\u0301" * 5, room=3, breaks_words=True) == ["e\u0301" * 4, "e\u0301"]


def test_shortens_what_one_line_has_no_room_for() -> None:
    assert [shortened(text, 3) for text in ("abcd", "abcde", "ab, de")] == ["abcd", "ab…", "ab…"]


def test_fits_into_as_many_lines_as_there_are() -> None:
    assert fitted("aa bb cc", 3.4, 2) == ["aa bb", "cc"]
    lines = fitted("aa bb cc dd ee", 3.4, 2)
    assert lines == ["aa bb", "cc d…"]
    assert all(width(line) <= 3.4 for line in lines)

import pytest

from helpers.posters.typography import cleaned, fitted, shortened, wrapped


@pytest.mark.parametrize(
    ("text", "drawn"),
    [
        ("  Ёжик \t в\n\ntумане ", "Ёжик в tумане"),
        ("a\0b\x1bc\ufffed\ud800", "a b c d"),
        ("\u202eabc\u2066", "abc"),
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
        ("aa bb cc", ["aa bb", "cc"]),
        ("a overlong", ["a", "overlong"]),
        ("千と千尋の神e\u0301", ["千と千", "尋の神", "e\u0301"]),
    ],
)
def test_wraps_at_words_and_between_ideographs(text: str, lines: list[str]) -> None:
    assert wrapped(text, room=3.4) == lines


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("aa aaa", ["aa", "aaa"]),
        ("aa aaaaaaaa", ["aa aa", "aaaa", "aa"]),
        ("e\u0301" * 5, ["e\u0301" * 4, "e\u0301"]),
    ],
)
def test_breaks_words_where_they_are_too_long(text: str, lines: list[str]) -> None:
    assert wrapped(text, room=3.4, breaks_words=True) == lines


@pytest.mark.parametrize(("text", "line"), [("abcd", "abcd"), ("abcde", "ab…"), ("ab, de", "ab…")])
def test_shortens_what_one_line_has_no_room_for(text: str, line: str) -> None:
    assert shortened(text, 3) == line


@pytest.mark.parametrize(
    ("text", "lines"), [("aa bb cc", ["aa bb", "cc"]), ("aa bb cc dd ee", ["aa bb", "cc d…"])]
)
def test_fits_into_as_many_lines_as_there_are(text: str, lines: list[str]) -> None:
    assert fitted(text, 3.4, 2) == lines

"""Measuring text and breaking it into lines.

The typeface of the browser is unknown, so letters count as wide as in DejaVu Sans Bold, one of the
widest. Widths are in em, the font size.
"""

import re
from collections.abc import Iterator
from functools import lru_cache
from unicodedata import bidirectional, category, east_asian_width

# A poster never has room for more characters of one text.
_LENGTH = 200

# Characters that XML 1.0 forbids (section 2.2), line breaks, and controls of the text's direction,
# whose pairs would be separated by lines.
_UNWANTED = re.compile(
    "[^ -~\xa0-\u2027\u202f-\u2065\u206a-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]"
)

# The most combining marks of a character. Higher piles would cover the line above.
_MARKS = 3

# Default widths, and those of other letters, rounded up. A test measures them in a browser. A
# letter that joins its neighbors counts as wide as on its own.
_CAPITAL, _OTHER, _IDEOGRAPH = 0.85, 0.73, 1.05
_WIDTHS = {
    character: em
    for em, characters in {
        0.36: " ",
        0.42: "',-./:;IJ\\ijl|¦·ÌÍÎÏìíîïĨĩĪīĬĭĮįİıĴĵĺļł·ΐΙΪίιϊІЇЈіїј‐‑‘’‚‛․וזיןآأإاـ",
        0.6: '!"()*?[]_`cfrstz¡§¨ª¯°²³´¸¹º¿çćĉċčľŀŕŗřśŝşšţťŧźżžſΊέεζξςгзстэѓєѕ–‖‗†‡'
        "גדךכנרءةدذرزؽؾؿػؼه",
        0.85: "#+<=>^~¬±µ×÷ħμπσφψдмцъћќקשن",
        0.95: "&wŵΌΏωώЂЋДЦЪыئقكلىي",
        1.05: "%@Mm©®¼½¾æĦŉΉΎΜМФЫжфюљњ—―…بتثطظ",
        1.2: "WÆŒœŴЉЊЮшщف",
        1.38: "ЖШЩسشصض",
    }.items()
    for character in characters
}

# Characters with known widths: Latin, Greek, Cyrillic, Hebrew, Arabic, punctuation, ideographs.
_MEASURED = re.compile(
    "[ -~\xa1-\u017f\u0386-\u03ce\u0400-\u045f\u05d0-\u05ea\u0621-\u064a\u2010-\u2026"
    "\u3001-\u30ff\u3400-\u9fff\uac00-\ud7a3\uff01-\uff60\u0300-\u036f\u05b0-\u05c7\u064b-\u0652]*"
)

_ELLIPSIS = "…"


def cleaned(text: str) -> str:
    """Return the drawable characters of a text with single spaces, or else an ellipsis."""
    drawn, marks = [], 0
    for character in _UNWANTED.sub(" ", text[:_LENGTH]):
        marks = marks + 1 if _is_mark(character) else 0
        if marks <= _MARKS:
            drawn.append(character)
    return " ".join("".join(drawn).split()) or _ELLIPSIS


def width(text: str) -> float:
    return sum(map(_width_of, text))


def wrapped(text: str, room: float, *, breaks_words: bool = False) -> list[str]:
    """Break a cleaned text into lines. `breaks_words` breaks words that are longer than a line."""
    lines, used = [""], 0.0
    for piece, begins_word in _pieces(text, room, breaks_words=breaks_words):
        space = " " if begins_word and lines[-1] else ""
        if lines[-1] and used + width(space + piece) > room:
            lines.append("")
            space, used = "", 0.0
        lines[-1] += space + piece
        used += width(space + piece)
    return lines


def shortened(text: str, room: float) -> str:
    """Return a cleaned text that fits one line, cut and with an ellipsis if it is too long."""
    if width(text) <= room:
        return text
    clusters = list(_clusters(text))
    while width("".join(clusters)) + width(_ELLIPSIS) > room:
        clusters.pop()
    return "".join(clusters).rstrip(" ,.:-—") + _ELLIPSIS


def fitted(text: str, room: float, most: int) -> list[str]:
    """Break a cleaned text into at most `most` lines, with an ellipsis if it needs more."""
    lines = wrapped(text, room, breaks_words=True)
    if len(lines) <= most:
        return lines
    return [*lines[: most - 1], shortened(" ".join(lines[most - 1 :]), room)]


def is_right_to_left(text: str) -> bool:
    """Return whether the first letter with a direction is right-to-left (UAX 9, rule P2)."""
    directions = map(bidirectional, text)
    return next((one for one in directions if one in ("L", "R", "AL")), "L") != "L"


def is_measured(text: str) -> bool:
    """Return whether no browser draws the text wider than `width` returns."""
    return bool(_MEASURED.fullmatch(text))


@lru_cache(4096)
def _width_of(character: str) -> float:
    if character in _WIDTHS:
        return _WIDTHS[character]
    if _is_mark(character):
        return 0
    if east_asian_width(character) in "WF":
        return _IDEOGRAPH
    return _CAPITAL if character.isupper() else _OTHER


@lru_cache(4096)
def _is_mark(character: str) -> bool:
    """Return whether a character combines with the one before it, or has no width."""
    return category(character) in ("Mn", "Me", "Cf")


def _pieces(text: str, room: float, *, breaks_words: bool) -> Iterator[tuple[str, bool]]:
    """Yield the unbreakable pieces of a text, each with whether it begins a word."""
    for word in text.split(" "):
        is_parted = any(east_asian_width(character) in "WF" for character in word)
        is_parted = is_parted or (breaks_words and width(word) > room)
        for position, piece in enumerate(_clusters(word) if is_parted else [word]):
            yield piece, position == 0


def _clusters(text: str) -> Iterator[str]:
    """Yield each character together with its combining marks."""
    cluster = ""
    for character in text:
        if cluster and not _is_mark(character):
            yield cluster
            cluster = ""
        cluster += character
    yield cluster

"""Text that fits: how wide it is, and how it is broken into lines.

Nobody knows which typeface a browser takes, so letters count as wide as in DejaVu Sans Bold, one of
the widest. Widths are in em, which is the size of the type.
"""

import re
from collections.abc import Iterator
from functools import lru_cache
from unicodedata import bidirectional, category, east_asian_width

# Of a title there is never room for more.
_LENGTH = 200

# What XML 1.0 forbids (section 2.2), line breaks, and marks that would turn the text around: lines
# part those that belong together.
_UNWANTED = re.compile(
    "[^ -~\xa0-\u2027\u202f-\u2065\u206a-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]"
)

# Marks above marks would leave the poster, or cover what is above.
_MARKS = 3

# Widths of letters that are not as wide as most, rounded up; a test measures them in a browser. A
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

# What those widths are true of: Latin, Greek, Cyrillic, Hebrew, Arabic, punctuation, ideographs.
_MEASURED = re.compile(
    "[ -~\xa1-\u017f\u0386-\u03ce\u0400-\u045f\u05d0-\u05ea\u0621-\u064a\u2010-\u2026"
    "\u3001-\u30ff\u3400-\u9fff\uac00-\ud7a3\uff01-\uff60\u0300-\u036f\u05b0-\u05c7\u064b-\u0652]*"
)

_ELLIPSIS = "…"


def cleaned(text: str) -> str:
    """Return what of a text can be drawn, with single spaces; an ellipsis where that is nothing."""
    drawn, marks = [], 0
    for character in _UNWANTED.sub(" ", text[:_LENGTH]):
        marks = marks + 1 if _is_mark(character) else 0
        if marks <= _MARKS:
            drawn.append(character)
    return " ".join("".join(drawn).split()) or _ELLIPSIS


def width(text: str) -> float:
    return sum(map(_width_of, text))


def wrapped(text: str, room: float, *, breaks_words: bool = False) -> list[str]:
    """Return the lines of a cleaned text. A word that is too long for a line may be broken."""
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
    """Return the beginning of a cleaned text that one line has room for, with an ellipsis."""
    if width(text) <= room:
        return text
    clusters = list(_clusters(text))
    while width("".join(clusters)) + width(_ELLIPSIS) > room:
        clusters.pop()
    return "".join(clusters).rstrip(" ,.:-—") + _ELLIPSIS


def fitted(text: str, room: float, most: int) -> list[str]:
    """Return at most so many lines of a cleaned text, and an ellipsis where more are needed."""
    lines = wrapped(text, room, breaks_words=True)
    if len(lines) <= most:
        return lines
    return [*lines[: most - 1], shortened(" ".join(lines[most - 1 :]), room)]


def is_right_to_left(text: str) -> bool:
    """Return whether the first letter that has a direction has this one (UAX 9, rule P2)."""
    directions = map(bidirectional, text)
    return next((one for one in directions if one in ("L", "R", "AL")), "L") != "L"


def is_measured(text: str) -> bool:
    """Return whether no browser draws the text wider than is counted here."""
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
    """Return whether a character belongs to the one before it, or has no width at all."""
    return category(character) in ("Mn", "Me", "Cf")


def _pieces(text: str, room: float, *, breaks_words: bool) -> Iterator[tuple[str, bool]]:
    """Yield what no line break may part, and whether it begins a word. Ideographs may be parted."""
    for word in text.split(" "):
        is_parted = any(east_asian_width(character) in "WF" for character in word)
        is_parted = is_parted or (breaks_words and width(word) > room)
        for position, piece in enumerate(_clusters(word) if is_parted else [word]):
            yield piece, position == 0


def _clusters(text: str) -> Iterator[str]:
    """Yield each character together with its marks."""
    cluster = ""
    for character in text:
        if cluster and not _is_mark(character):
            yield cluster
            cluster = ""
        cluster += character
    yield cluster

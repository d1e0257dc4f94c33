"""Folding of texts for comparison and search."""

import re
from collections.abc import Iterable
from itertools import chain
from unicodedata import category, normalize

from constants import TITLE_LENGTH

# Accents and vowel points, which folding removes. Marks of other scripts, such as dakuten or the
# vowels of Devanagari, make letters of their own.
_ACCENTS = (
    *((0x0300, 0x036F), (0x0483, 0x0489), (0x0591, 0x05C7), (0x064B, 0x065F), (0x0670, 0x0670)),
    *((0x1AB0, 0x1AFF), (0x1DC0, 0x1DFF), (0x20D0, 0x20FF), (0xFE20, 0xFE2F)),
)
# Invisible characters besides the controls and formats of the first plane: fillers, variation
# selectors, formats of rare scripts (Unicode Standard Annex #44, Default_Ignorable_Code_Point).
_INVISIBLE = (
    *((0x034F, 0x034F), (0x115F, 0x1160), (0x17B4, 0x17B5), (0x180B, 0x180F), (0x2065, 0x2065)),
    *((0x3164, 0x3164), (0xFE00, 0xFE0F), (0xFFA0, 0xFFA0), (0xFFF0, 0xFFF8)),
    *((0x110BD, 0x110BD), (0x110CD, 0x110CD), (0x13430, 0x1343F), (0x1BCA0, 0x1BCA3)),
    *((0x1D173, 0x1D17A), (0xE0000, 0xE0FFF)),
)
# A symbol that looks like a space.
_BRAILLE_BLANK = "\u2800"
# Folding removes apostrophes, quotation marks, full stops, asterisks and tatweel.
_NOTHING = "'`’‘‚‛′ʹʺʻʼʽʾʿˈˊˋˮ՚׳״\"«»“”„‟‹›″⹂「」『』〝〞〟.*ـ"
_LETTERS = {"ı": "i", "æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th"}

# й in two code points, with any marks between them.
_SHORT_I = re.compile("и([^\\w\\s]*?)\u0306")

_FIRST_PLANE = range(0x10000)


def _codes(ranges: Iterable[tuple[int, int]]) -> Iterable[int]:
    return chain.from_iterable(range(first, last + 1) for first, last in ranges)


_CATEGORIES = [category(chr(code)) for code in _FIRST_PLANE]
_REMOVED = dict.fromkeys(_codes(_INVISIBLE)) | dict.fromkeys(
    code for code in _FIRST_PLANE if _CATEGORIES[code] in ("Cc", "Cf") and not chr(code).isspace()
)
# Characters that compatibility decomposition would spoil: 9½ would become 91⁄2, and an acute accent
# in the place of an apostrophe would become a space with a mark.
_SPOILED = {
    **{ord(sign): f" {normalize('NFKD', sign)} " for sign in "¼½¾⅐⅑⅒⅓⅔⅕⅖⅗⅘⅙⅚⅛⅜⅝⅞⅟↉"},
    **dict.fromkeys(map(ord, "´\u1ffd"), "'"),
}
_FOLDED: dict[int, str | None] = {
    **{code: " " for code in _FIRST_PLANE if _CATEGORIES[code][0] in "PSZ"},
    **dict.fromkeys(code for code in _codes(_ACCENTS) if _CATEGORIES[code][0] == "M"),
    **_REMOVED,
    **dict.fromkeys(map(ord, _NOTHING)),
    **{ord(letter): plain for letter, plain in _LETTERS.items()},
}


def fold(text: str) -> str:
    """Return the text without case, accents, punctuation, symbols and extra spaces.

    A text of nothing else is folded to its visible characters. Only the first `TITLE_LENGTH`
    characters count, and the result has at most as many. Folding the result does not change it.
    """
    bounded = text[:TITLE_LENGTH]
    decomposed = normalize("NFKD", bounded.translate(_SPOILED)).casefold()
    words = _SHORT_I.sub(r"й\1", normalize("NFKD", decomposed)).translate(_FOLDED)
    return _tidy(words) or _tidy(visible_text(bounded).casefold().translate(_REMOVED))


def visible_text(text: str) -> str:
    """Return the visible characters in normal width, with one space between words."""
    visible = normalize("NFKC", text).translate(_REMOVED).replace(_BRAILLE_BLANK, " ")
    return " ".join(visible.split())


def _tidy(text: str) -> str:
    return normalize("NFKC", " ".join(text.split()))[:TITLE_LENGTH].rstrip()

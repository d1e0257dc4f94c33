"""Comparing titles as people do."""

from __future__ import annotations

from unicodedata import normalize


def fold(text: str) -> str:
    """Return the text with differences of case, of ё from е and of spelling in code points removed.

    Some systems write й as и and a breve (Unicode Standard Annex #15).
    """
    return normalize("NFC", text).casefold().replace("ё", "е")

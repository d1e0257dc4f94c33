"""How texts are compared, as the contract says it and as far as a catalogue's own texts need it."""

from __future__ import annotations

import re
from unicodedata import category, normalize

MARKS_OF_NOTHING = "'’`\"«»“”„.…*"


def folded(text: str) -> str:
    """Return what is left of a text when it is compared."""
    letters = normalize("NFKD", text).casefold().replace("и\u0306", "й")
    kept = "".join(letter for letter in letters if category(letter) != "Mn")
    words = re.sub(r"[\W_]+", " ", kept.translate(str.maketrans("", "", MARKS_OF_NOTHING)))
    return " ".join(words.split()) or " ".join(normalize("NFKC", text).casefold().split())

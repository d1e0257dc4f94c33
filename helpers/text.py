"""Comparing titles as people do."""


def fold(text: str) -> str:
    """Return the text with differences of case, and of ё from е, removed."""
    return text.casefold().replace("ё", "е")

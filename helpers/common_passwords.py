"""The passwords that are guessed first, from a list that needs no network."""

from __future__ import annotations

from zxcvbn.frequency_lists import FREQUENCY_LISTS

_COMMON = frozenset(FREQUENCY_LISTS["passwords"])


def is_common(folded_password: str) -> bool:
    """Return whether a password, in folded case, is one of the 30,000 most common ones."""
    return folded_password in _COMMON

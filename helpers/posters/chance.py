"""Chance that is no accident: what a film gets, it gets each time."""

from collections.abc import Sequence
from hashlib import blake2b
from typing import TypeVar

ChoiceT = TypeVar("ChoiceT")

# The most that a digest can have, and more than any motif takes.
_BYTES = 64


class Chance:
    """Numbers that follow from a film's id, the same in every process and version of Python."""

    def __init__(self, movie_id: int) -> None:
        self._bytes = iter(blake2b(b"%d" % movie_id, digest_size=_BYTES).digest())

    def number(self, least: int, most: int) -> int:
        """Return the next number, in this range with both its ends."""
        return least + next(self._bytes) * (most - least) // 255

    def choice(self, things: Sequence[ChoiceT]) -> ChoiceT:
        """Return the next thing, of at most 256."""
        return things[next(self._bytes) % len(things)]

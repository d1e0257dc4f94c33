"""Pseudorandom choices that are the same each time a film is drawn."""

from collections.abc import Sequence
from hashlib import blake2b
from typing import TypeVar

ChoiceT = TypeVar("ChoiceT")

# The longest digest of BLAKE2b, and more bytes than any motif takes.
_BYTES = 64


class Chance:
    """Numbers derived from a film's id, the same in every process and version of Python."""

    def __init__(self, movie_id: int) -> None:
        self._bytes = iter(blake2b(b"%d" % movie_id, digest_size=_BYTES).digest())

    def number(self, least: int, most: int) -> int:
        """Return the next number, from `least` to `most` inclusive."""
        return least + next(self._bytes) * (most - least) // 255

    def choice(self, things: Sequence[ChoiceT]) -> ChoiceT:
        """Return the next choice from at most 256 things."""
        return things[next(self._bytes) % len(things)]

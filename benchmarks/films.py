"""Generated catalogues of any size, the same ones every time.

They are as hard as real ones: titles in two scripts, few frequent and many rare words, people who
share a name, and films with the same year and rating.
"""

from collections.abc import Iterator
from itertools import accumulate
from random import Random
from typing import NamedTuple

SEED = 1895

# Shares of the genres in percent, as uneven as in public catalogues.
GENRES = {
    "Drama": 26,
    "Comedy": 17,
    "Documentary": 15,
    "Action": 8,
    "Crime": 6,
    "Horror": 6,
    "Adventure": 4,
    "Biography": 4,
    "Romance": 3,
    "Thriller": 3,
    "Animation": 2,
    "Family": 2,
    "Fantasy": 1,
    "History": 1,
    "Music": 1,
    "Western": 1,
}
UNRATED = 0.1  # Share of all films.

_SYLLABLES = {
    "latin": "ba co da el fi gan ho in ka lo mer na or pe ra son ti ur ve wil yn zo the an st",
    "cyrillic": "ба ве го ду ел жи за ин ка ло ми не ов пе ра со та ур хо це ша эл ён ий ля",
}
_WORDS = 4000  # of each script
_SENTENCES = 500  # of each script
_BATCH = 1000


class Film(NamedTuple):
    title: str
    description: str
    trailer: str
    year: int
    rating: float | None
    genre_id: int
    director_id: int


class Script:
    """Words of one script, of which the first are frequent, and sentences made of them."""

    def __init__(self, random: Random, name: str) -> None:
        syllables = _SYLLABLES[name].split()
        words = {"".join(random.choices(syllables, k=random.randint(1, 4))) for _ in range(_WORDS)}
        self._random = random
        self._words = sorted(words)
        random.shuffle(self._words)
        # Zipf's law, a little flatter at its head.
        self._weights = list(accumulate(1 / (rank + 8) for rank in range(len(self._words))))
        self.sentences = [self.phrase(random.randint(6, 24)) + "." for _ in range(_SENTENCES)]

    def phrase(self, length: int) -> str:
        """Return a number of words, the first one capitalized."""
        words = self._random.choices(self._words, cum_weights=self._weights, k=length)
        words[0] = words[0].capitalize()
        return " ".join(words)


def directors(number: int) -> list[str]:
    """Return the names of the directors with the ids 1, 2, …; some share one."""
    random = Random(SEED)  # noqa: S311  # Repeatable on purpose.
    scripts = [Script(random, name) for name in _SYLLABLES]
    return [random.choice(scripts).phrase(2).title() for _ in range(number)]


def films(number: int, number_of_directors: int) -> Iterator[Film]:
    """Yield the films with the ids 1, 2, …"""
    random = Random(SEED)  # noqa: S311  # Repeatable on purpose.
    scripts = [Script(random, name) for name in _SYLLABLES]
    genre_ids = list(range(1, len(GENRES) + 1))
    for start in range(0, number, _BATCH):
        size = min(_BATCH, number - start)
        genres = random.choices(genre_ids, list(GENRES.values()), k=size)
        lengths = random.choices(range(1, 8), [14, 28, 24, 16, 10, 5, 3], k=size)
        for genre_id, length in zip(genres, lengths, strict=True):
            script = random.choice(scripts)
            yield Film(
                title=script.phrase(length),
                description=" ".join(random.choices(script.sentences, k=random.randint(1, 3))),
                trailer=f"https://www.youtube.com/watch?v={random.getrandbits(64):011x}"[:43],
                year=2025 - min(110, int(random.expovariate(1 / 25))),
                rating=None if random.random() < UNRATED else _rating(random),
                genre_id=genre_id,
                director_id=random.randint(1, number_of_directors),
            )


def _rating(random: Random) -> float:
    return min(10.0, max(1.0, round(random.gauss(6.2, 1.1), 1)))


def title_parts(number: int, length: int) -> list[str]:
    """Return parts of titles to search for, of a given length, both frequent and rare."""
    random = Random(SEED + length)  # noqa: S311  # Repeatable on purpose.
    titles = [film.title for film in films(5000, 1) if len(film.title) >= length]
    starts = ((title, random.randint(0, len(title) - length)) for title in titles)
    parts = dict.fromkeys(title[start : start + length] for title, start in starts)
    trimmed = [part for part in parts if part == part.strip()]
    return trimmed[:number]

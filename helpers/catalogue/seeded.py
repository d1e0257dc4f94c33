"""A catalogue and favorites that are generated from a seed.

The catalogue begins with edge cases that clients tend to meet too late. Ordinary films follow.
"""

import tomllib
from collections.abc import Callable, Iterator, Mapping, Sequence
from heapq import nlargest
from itertools import chain, islice, product
from pathlib import Path
from random import Random
from typing import Any

from constants import DESCRIPTION_LENGTH, RATING_MAX, TITLE_LENGTH
from helpers.catalogue.model import Catalogue, CatalogueMovie

# A hundred pages of twelve. The last page is not full.
SIZE = 1_195

# The favorites of the demo account (two pages) and of the first person (several pages). The others
# have up to as many as the first, and the last has none.
ACCOUNTS_FAVORITES, MOST_FAVORITES = 15, 40

_SEED = 1895
_YEAR_MICROSECONDS = 365 * 24 * 60 * 60 * 1_000_000
_LENGTHS = {"title": TITLE_LENGTH, "description": DESCRIPTION_LENGTH}


def seeded_catalogue(path: Path) -> Catalogue:
    """Generate the catalogue from the words in a file. It is the same each time."""
    words = tomllib.loads(path.read_text("utf-8"))
    odd = words["odd"]
    people = map(" ".join, product(words["first_names"], words["last_names"]))
    directors = {str(number): name for number, name in enumerate((*odd["directors"], *people), 1)}
    ordinary_directors = list(directors)[len(odd["directors"]) :]
    return Catalogue(
        "laboratory",
        genres=[*words["genres"], *odd["genres"]],
        directors=directors,
        movies=_movies(words, ordinary_directors),
        size=SIZE,
    )


def seeded_favorites(
    people: Sequence[int], account: int | None, best_first: Sequence[int], now: int
) -> Iterator[tuple[int, int, int]]:
    """Yield favorites: the ids of user and film, and a time within the year before `now`.

    `account` is the id of the demo account, if there is one. Times are microseconds since the
    epoch. Better films rank higher on average, and a film of rank n is chosen with a probability of
    about 1/n (Zipf's law): a few films have many favorites. The last person has none.
    """
    random = _seeded_random()
    places = {movie: place * random() for place, movie in enumerate(best_first, start=1)}
    ranked = sorted(places, key=places.__getitem__)
    del ranked[len(ranked) * 15 // 16 :]  # Some films are nobody's favorite.
    drawn = [int(MOST_FAVORITES ** random()) for _ in people]
    counts = dict(zip(people, [MOST_FAVORITES, *drawn[2:], 0], strict=True))
    if account is not None:
        counts[account] = ACCOUNTS_FAVORITES
    for user_id, count in counts.items():
        # Weighted choice without repetition: Efraimidis and Spirakis, 2006, algorithm A.
        keys = {movie: random() ** rank for rank, movie in enumerate(ranked, start=1)}
        for movie_id in nlargest(count, keys, key=keys.__getitem__):
            yield user_id, movie_id, now - int(random() * _YEAR_MICROSECONDS)


def _seeded_random() -> Callable[[], float]:
    # Only this method returns the same numbers in every version of Python.
    return Random(_SEED).random  # noqa: S311  # No secret is made.


def _movies(words: Mapping[str, Any], directors: Sequence[str]) -> Iterator[CatalogueMovie]:
    random = _seeded_random()

    def one_of(values: Sequence[str]) -> str:
        return values[int(random() * len(values))]

    odd = ((words["languages"][0], _odd(row)) for row in words["odd"]["movies"])
    ordinary = sorted(_titles(words["languages"]), key=lambda _: random())
    rows = islice(chain(odd, ordinary), SIZE)
    for number, (language, row) in enumerate(rows, start=1):
        values: dict[str, Any] = {
            "external_id": str(number),
            "genre": one_of(words["genres"]),
            "director_id": one_of(directors),
            "description": " ".join(map(one_of, language["descriptions"])),
            # A well-formed URL that belongs to no video.
            "trailer": f"https://www.youtube.com/watch?v=kino{number:07}",
            "year": 1925 + int(random() * 102),
            "rating": round((random() + random() + random()) * RATING_MAX / 3, 1),
        }
        yield CatalogueMovie(**(values | row))


def _odd(row: Mapping[str, Any]) -> dict[str, Any]:
    values = {name: value for name, value in row.items() if name not in ("filled", "null")}
    if name := row.get("filled"):
        values[name] = (values[name] * _LENGTHS[name])[: _LENGTHS[name]]
    if name := row.get("null"):
        values[name] = None
    return values


def _titles(languages: Sequence[Mapping[str, Any]]) -> Iterator[tuple[Mapping[str, Any], Any]]:
    for language in languages:
        for words in product(language["adjectives"].split(), language["nouns"].split()):
            yield language, {"title": language["form"].format(*words)}

"""A catalogue that is made from a seed: what clients meet too late, and then ordinary films."""

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from itertools import chain, islice, product
from pathlib import Path
from random import Random
from typing import Any

from constants import DESCRIPTION_LENGTH, RATING_MAX, TITLE_LENGTH
from helpers.catalogue.model import Catalogue, CatalogueMovie

# A hundred pages of twelve, the last of which is not full.
SIZE = 1_195

_SEED = 1895
_LENGTHS = {"title": TITLE_LENGTH, "description": DESCRIPTION_LENGTH}


def seeded_catalogue(path: Path) -> Catalogue:
    """Return the catalogue that is made of the words in a file; it is the same each time."""
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


def _movies(words: Mapping[str, Any], directors: Sequence[str]) -> Iterator[CatalogueMovie]:
    # Of all its methods, this one alone gives the same numbers in every version of Python.
    random = Random(_SEED).random  # noqa: S311  # No secret is made.

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
            # An address as they are there, of nobody's video.
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

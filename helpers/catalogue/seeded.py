"""A catalogue made from a seed: what breaks layouts and assumptions first, then ordinary films.

Nothing in it is anybody's: titles, names and descriptions are put together from words.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain, islice, product
from random import Random
from typing import Any

from constants import CREDIT_LENGTH, DESCRIPTION_LENGTH, RATING_MAX, TITLE_LENGTH, YEAR_MAX
from helpers.catalogue.model import Catalogue, CatalogueMovie

# A hundred pages of twelve, the last of which is not full.
SIZE = 1_195

_SEED = 1895

_ADJECTIVES = (
    "Amber Borrowed Careful Crooked Distant Eleventh Folded Generous Hollow Impatient Jade Kindly "
    "Lazy Midnight Northern Obedient Paper Quiet Restless Salted Tangled Unlikely Velvet Wooden",
    "Бумажный Вежливый Верхний Глиняный Долгий Забытый Лишний Мохнатый Незваный Озорной Полосатый "
    "Ржаной Северный Сонный Тихий Упрямый Хрустальный Чужой Шёлковый Янтарный Ёлочный Быстрый",
)
_NOUNS = (
    "Accordion Barometer Carousel Dictionary Elevator Ferry Gardener Harbour Inkwell Juggler "
    "Kettle Lighthouse Meridian Notebook Orchard Postman Quarry Runway Scarecrow Teapot Umbrella "
    "Violin Watchmaker Xylophone Yard Zeppelin",
    "Аквариум Барометр Вагон Гербарий Дирижабль Ёж Жираф Забор Инжир Календарь Лифт Маяк "
    "Настройщик Огород Паром Рояль Самовар Трамвай Улей Фонарь Хор Циркуль Чемодан Шкаф Экватор "
    "Якорь",
)
_TITLES = ("The {} {}", "{} {}")

_FIRST_NAMES = "Ada Bruno Clara Dag Эльза Фёдор Gita Hugo Ирма Joost Кузьма Лада"
_LAST_NAMES = "Birdwhistle Quickly Marzipan Черепицын Пуговкин O'Hollow Ягодкина Saint-Noon"

_BEGINNINGS = (
    "Nobody in town remembers who ordered the piano.",
    "A ferry leaves an hour early, and one passenger is too many.",
    "Три соседа находят на чердаке карту собственного двора.",
    "На станции, где поезда не останавливаются, ждут гостей.",
)
_MIDDLES = (
    "By Thursday everybody has an opinion, and only the cat has proof.",
    "What begins as a wager becomes a friendship.",
    "Чтобы вернуть письмо, придётся пересечь весь город задом наперёд.",
    "Дождь идёт третью неделю, и часы отстают ровно на день.",
)
_ENDINGS = (
    "The last train does not wait.",
    "It ends with a dance that nobody has rehearsed.",
    "Весной всё оказывается совсем не так.",
    "Остаётся один билет.",
)

_EMPTY_GENRE = "Silent opera"
_LONG_GENRE = ("Everything That Fits on No Other Shelf and " * 5)[:CREDIT_LENGTH]
_GENRES = (
    *("Adventure", "Comedy", "Crime", "Drama", "Fairy tale", "Мелодрама", "Научная фантастика"),
    *("Вестерн", "Детектив", "Noir", "Мультфильм", "X", _EMPTY_GENRE, _LONG_GENRE),
)
_ODD_DIRECTORS = (
    "Я",
    "דנה בת־ים",
    ("Maximiliana Theodora von und zu " * 7)[:CREDIT_LENGTH],
    "Nobody's director",
)

# Each is a film of its own; what it does not say is ordinary.
_ODD_MOVIES: tuple[dict[str, Any], ...] = (
    {"title": ("A Title That Goes On and On, " * 18)[:TITLE_LENGTH]},
    {"title": "Ж" * TITLE_LENGTH},
    {"title": "Q"},
    {"title": "👩‍🚀 Кафе на Луне 🌒🍜"},
    {"title": "Z̸̡̛͔a̶̰̐l̷̜̈́g̵̱͌o̶͉͠ at the Library"},
    {"title": "הפנס שלא כבה"},
    {"title": "فانوس البحر والقطة"},
    {"title": "Left, ימינה, right: 3 + 4"},
    {"title": "月をたたむ人"},
    {"title": "<b>Bold</b> & \"Quoted\" <script>alert('x')</script>"},
    {"title": "0"},
    {"title": "null"},
    {"title": "?!"},
    {"title": "Twins"},
    {"title": "Twins"},
    {"title": "Without a Trailer", "trailer": ""},
    {"title": "Without a Rating", "rating": None},
    {"title": "The Worst Film There Is", "rating": 0.0},
    {"title": "The Best Film There Is", "rating": float(RATING_MAX)},
    {"title": "Without a Description", "description": ""},
    {
        "title": "With a Very Long Description",
        "description": " ".join(_MIDDLES * 50)[:DESCRIPTION_LENGTH],
    },
    {"title": "One Word", "description": "Ы" * 1_000},
    {"title": "From the Year One", "year": 1},
    {"title": "From the Year 9999", "year": YEAR_MAX},
    {"title": "With Nothing at All", "trailer": "", "rating": None, "description": ""},
    {"title": "By Somebody with a Long Name", "director_id": "3", "genre": _LONG_GENRE},
    {"title": "By Somebody Who Writes from Right to Left", "director_id": "2", "genre": "X"},
)


def seeded_catalogue() -> Catalogue:
    """Return the catalogue, which is the same each time."""
    names = [
        f"{first} {last}" for first, last in product(_FIRST_NAMES.split(), _LAST_NAMES.split())
    ]
    directors = {str(number): name for number, name in enumerate((*_ODD_DIRECTORS, *names), 1)}
    return Catalogue("laboratory", _GENRES, directors, _movies(list(directors)), SIZE)


def _movies(directors: Sequence[str]) -> Iterator[CatalogueMovie]:
    # Of all methods, this one alone is promised to give the same numbers in every version of
    # Python.
    random = Random(_SEED).random  # noqa: S311  # No secret is made.

    def one_of(values: Sequence[Any]) -> Any:
        return values[int(random() * len(values))]

    titles = sorted(_titles(), key=lambda _: random())
    ordinary = ({"title": title} for title in titles)
    for number, odd in enumerate(islice(chain(_ODD_MOVIES, ordinary), SIZE), start=1):
        row: dict[str, Any] = {
            "external_id": str(number),
            "genre": one_of(_GENRES[:-3]),
            "director_id": one_of(directors[len(_ODD_DIRECTORS) :]),
            "description": " ".join(map(one_of, (_BEGINNINGS, _MIDDLES, _ENDINGS))),
            # Of the form of an address there, and nobody's video.
            "trailer": f"https://www.youtube.com/watch?v=kino{number:07}",
            "year": 1925 + int(random() * 102),
            # Most of them in the middle.
            "rating": round((random() + random() + random()) * RATING_MAX / 3, 1),
        }
        yield CatalogueMovie(**(row | odd))


def _titles() -> Iterator[str]:
    for title, adjectives, nouns in zip(_TITLES, _ADJECTIVES, _NOUNS, strict=True):
        for adjective, noun in product(adjectives.split(), nouns.split()):
            yield title.format(adjective, noun)

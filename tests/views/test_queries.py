"""Different spellings of the same search give the same query."""

from typing import Any

import pytest
from marshmallow import ValidationError

from views.queries import MovieQuery, NameQuery


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ({"q": "Дюна"}, {"q": " дюна\u00a0"}),
        ({"q": "Amélie"}, {"q": "AMELIE", "sort": "", "year": ""}),
        ({"q": " \u200b", "status": ""}, {}),
        ({"genre_id": "16,8"}, {"genre_id": "8,16,08,8"}),
        ({"rating_from": "7.50"}, {"rating_from": "07.5"}),
        ({"rating_from": "11"}, {"rating_from": "9" * 1900}),
    ],
)
def test_spellings_of_one_search_load_as_one(one: dict[str, str], other: dict[str, str]) -> None:
    assert MovieQuery().load(one) == MovieQuery().load(other)


@pytest.mark.parametrize(
    ("given", "loaded"),
    [
        ({"genre_id": ",".join(map(str, range(19, -1, -1)))}, {"genre_ids": tuple(range(20))}),
        ({"genre_id": "9" * 40}, {"genre_ids": (2**31 - 1,)}),
        ({"rating_from": "7"}, {"rating_from": 7.0}),
        ({"year_from": "1990", "year_to": "2000"}, {"year_from": 1990, "year_to": 2000}),
        ({"year": "1990", "director_id": "8"}, {"year": 1990, "director_id": 8}),
        ({"q": "½" * 100}, {"title_part": ("1 2 " * 100).strip()}),
    ],
)
def test_loads_filters(given: dict[str, str], loaded: dict[str, Any]) -> None:
    assert MovieQuery().load(given) == {**loaded, "order": "id"}


@pytest.mark.parametrize(
    ("given", "order"),
    [
        ({}, "id"),
        ({"status": "new"}, "newest"),
        ({"status": "old", "sort": "title"}, "title"),
        *(({"sort": order}, order) for order in ("rating", "popular")),
    ],
)
def test_names_the_order(given: dict[str, str], order: str) -> None:
    assert MovieQuery().load(given) == {"order": order}


def test_names_are_searched_by_folded_text() -> None:
    assert NameQuery().load({"q": " О’Нил", "page": "1"}) == {"name_part": "онил", "page": 1}
    assert NameQuery().load({"q": "\u2060"}) == {}


@pytest.mark.parametrize(
    ("query", "name"),
    [
        *(({"genre_id": text}, "genre_id") for text in ("4,", ",4", "4,,5", "4, 5", "a", "٤")),
        ({"genre_id": ",".join(map(str, range(21)))}, "genre_id"),
        *(
            ({"rating_from": text}, "rating_from")
            for text in ("7,5", ".5", "7.", "1e1", "-1", "nan", "٧", " 7")
        ),
        *(({name: "1.0"}, name) for name in ("year", "year_from", "year_to", "director_id")),
        *(({"q": text}, "q") for text in ("x" * 101, " " * 101, "a\0")),
        *(({"sort": text}, "sort") for text in ("id", "Rating", "-rating", "title,id")),
        ({"sort": "title", "status": "new"}, "sort"),
        ({"page": ""}, "page"),
        ({"per_page": "5"}, "per_page"),
        ({"page": "1", "per_page": ""}, "per_page"),
    ],
)
def test_refuses_what_is_no_query(query: dict[str, str], name: str) -> None:
    with pytest.raises(ValidationError) as refusal:
        MovieQuery().load(query)
    assert list(refusal.value.normalized_messages()) == [name]

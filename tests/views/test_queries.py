"""One search is one query, whatever its spelling."""

from typing import Any

import pytest
from marshmallow import ValidationError

from views.queries import MovieQuery, NameQuery


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ({"q": "Дюна"}, {"q": " дюна\u00a0"}),
        ({"q": "Amélie"}, {"q": "AMELIE", "sort": "", "year": ""}),
        ({"q": " \u200b"}, {}),
        ({"q": "", "genre_id": "", "director_id": "", "rating_from": "", "year_from": ""}, {}),
        ({"genre_id": "5,4"}, {"genre_id": "4,5,04,4"}),
        ({"rating_from": "7.50"}, {"rating_from": "07.5"}),
        ({"rating_from": "11"}, {"rating_from": "9" * 1900}),
        ({"status": ""}, {"status": "old"}),
    ],
)
def test_spellings_of_one_search_load_as_one(one: dict[str, str], other: dict[str, str]) -> None:
    assert MovieQuery().load(one) == MovieQuery().load(other)


@pytest.mark.parametrize(
    ("given", "loaded"),
    [
        ({"genre_id": "7"}, {"genre_ids": (7,)}),
        ({"genre_id": ",".join(map(str, range(20)))}, {"genre_ids": tuple(range(20))}),
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
    ("name", "text"),
    [
        *(("genre_id", text) for text in ("4,", ",4", "4,,5", "4, 5", "a", "٤", "-4", "4.0")),
        ("genre_id", ",".join(map(str, range(21)))),
        *(
            ("rating_from", text)
            for text in ("7,5", ".5", "7.", "1e1", "-1", "nan", "inf", "٧", " 7")
        ),
        *((name, text) for name in ("year_from", "year_to") for text in ("x", "1.0", "-1", " 1")),
        ("q", "x" * 101),
        ("q", " " * 101),
        ("q", "a\0"),
        *(("sort", text) for text in ("id", "year", "Rating", "-rating", "title,id")),
        ("page", ""),
    ],
)
def test_refuses_what_no_filter_is(name: str, text: str) -> None:
    with pytest.raises(ValidationError) as refusal:
        MovieQuery().load({name: text})
    assert list(refusal.value.normalized_messages()) == [name]


@pytest.mark.parametrize(
    ("query", "name"),
    [
        ({"page": "1", "per_page": ""}, "per_page"),
        ({"sort": "title", "status": "new"}, "sort"),
    ],
)
def test_refuses_what_does_not_go_together(query: dict[str, str], name: str) -> None:
    with pytest.raises(ValidationError) as refusal:
        MovieQuery().load(query)
    assert list(refusal.value.normalized_messages()) == [name]

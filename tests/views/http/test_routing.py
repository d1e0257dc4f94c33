from __future__ import annotations

import pytest
from werkzeug.exceptions import NotFound
from werkzeug.routing import Map, MapAdapter, Rule

from constants import MAX_ID
from views.http import Id


@pytest.fixture
def paths() -> MapAdapter:
    rule = Rule("/films/<int:film_id>", endpoint="film")
    return Map([rule], converters={"int": Id}).bind("localhost")


@pytest.mark.parametrize(
    ("text", "film_id"),
    [
        ("5", 5),
        ("2147483647", MAX_ID),
        ("0" * 99 + "7", 7),
        ("2147483648", MAX_ID),  # No row has this id, nor can it have a larger one.
        ("1" * 100, MAX_ID),
    ],
    ids=lambda value: str(value)[:20],
)
def test_takes_an_id_of_ascii_digits(paths: MapAdapter, text: str, film_id: int) -> None:
    assert paths.match(f"/films/{text}") == ("film", {"film_id": film_id})


@pytest.mark.parametrize(
    "text", ["٣", "５", "5²", "1_0", "0x5", " 5", "5\n", "", "0" * 100 + "7"], ids=ascii
)
def test_finds_nothing_for_any_other_text(paths: MapAdapter, text: str) -> None:
    with pytest.raises(NotFound):
        paths.match(f"/films/{text}")

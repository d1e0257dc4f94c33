"""Ids and slashes in paths."""

from collections.abc import Iterable
from typing import Any

import pytest
from werkzeug.exceptions import NotFound
from werkzeug.routing import Map, MapAdapter, Rule
from werkzeug.test import Client

from constants import MAX_ID
from views.http import FinalSlashMiddleware
from views.http.routing import Id


@pytest.fixture
def paths() -> MapAdapter:
    rule = Rule("/films/<int:film_id>", endpoint="film")
    return Map([rule], converters={"int": Id}).bind("localhost")


@pytest.mark.parametrize(
    ("text", "film_id"),
    [
        ("5", 5),
        ("0" * 99 + "7", 7),
        ("2147483648", MAX_ID),  # No row can have this or a larger id.
        ("1" * 100, MAX_ID),
    ],
    ids=lambda value: str(value)[:20],
)
def test_takes_an_id_of_ascii_digits(paths: MapAdapter, text: str, film_id: int) -> None:
    assert paths.match(f"/films/{text}") == ("film", {"film_id": film_id})


@pytest.mark.parametrize("text", ["٣", "５", "1_0", "0x5", " 5", "5\n", "0" * 100 + "7"], ids=ascii)
def test_finds_nothing_for_any_other_text(paths: MapAdapter, text: str) -> None:
    with pytest.raises(NotFound):
        paths.match(f"/films/{text}")


@pytest.mark.parametrize(
    ("path", "seen"),
    [
        ("/movies", "/movies/"),
        ("/movies/5", "/movies/5/"),
        ("/v1.0/movies", "/v1.0/movies/"),
        ("//movies/", "/movies/"),
        ("///movies", "/movies/"),
        *((path, path) for path in ("/", "", "/movies/", "/movies//", "/docs/a.js")),
    ],
)
def test_a_path_has_one_slash_in_front_and_one_at_its_end_but_for_names_of_files(
    path: str, seen: str
) -> None:
    def echo(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        start_response("200 OK", [])
        return [environ["PATH_INFO"].encode()]

    client = Client(FinalSlashMiddleware(echo))
    assert client.get("/", environ_overrides={"PATH_INFO": path}).text == seen

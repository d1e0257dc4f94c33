from collections.abc import Iterable
from typing import Any

import pytest
from werkzeug.exceptions import NotFound
from werkzeug.routing import Map, MapAdapter, Rule
from werkzeug.test import Client

from constants import MAX_ID
from views.http import FinalSlashMiddleware, Id


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


def seen(path: str, **environ: str) -> str:
    """The path that the application sees of a request for this one."""

    def echo(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        start_response("200 OK", [])
        return [environ["PATH_INFO"].encode()]

    client = Client(FinalSlashMiddleware(echo))
    return client.get("/", environ_overrides={"PATH_INFO": path, **environ}).text


@pytest.mark.parametrize("path", ["/movies", "/movies/5", "/user/password", "/v1.0/movies"])
def test_a_path_without_its_final_slash_stands_for_the_one_with_it(path: str) -> None:
    assert seen(path) == f"{path}/"
    assert seen(path, QUERY_STRING="q=/") == f"{path}/"


@pytest.mark.parametrize("path", ["//movies/", "///movies", "//"])
def test_several_slashes_in_front_stand_for_one(path: str) -> None:
    assert seen(path) == ("/movies/" if "movies" in path else "/")


@pytest.mark.parametrize("path", ["/", "", "/movies/", "/movies//", "/swagger.json", "/docs/a.js"])
def test_leaves_other_paths_as_they_are(path: str) -> None:
    assert seen(path) == path

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import pytest
from werkzeug.exceptions import NotFound
from werkzeug.routing import Map, MapAdapter, Rule
from werkzeug.test import Client

from constants import MAX_ID
from views.http.routing import FinalSlash, Id


@pytest.fixture
def paths() -> MapAdapter:
    rule = Rule("/films/<int:film_id>", endpoint="film")
    return Map([rule], converters={"int": Id}).bind("localhost")


@pytest.mark.parametrize(
    ("text", "film_id"),
    [
        ("5", 5),
        ("0", 0),
        ("007", 7),
        ("00", 0),
        ("2147483647", MAX_ID),
        ("00002147483647", MAX_ID),
        ("0" * 5_000 + "7", 7),
        ("2147483648", MAX_ID),  # No row has this id, nor can it have a larger one.
        ("9223372036854775808", MAX_ID),
        ("1" * 5_000, MAX_ID),
    ],
    ids=lambda value: str(value)[:20],
)
def test_takes_an_id_of_ascii_digits(paths: MapAdapter, text: str, film_id: int) -> None:
    assert paths.match(f"/films/{text}") == ("film", {"film_id": film_id})


@pytest.mark.parametrize(
    "text",
    [
        "٣",
        "５",
        "5²",
        "-1",
        "+1",
        "1_0",
        "1.0",
        "0x5",
        "1e3",
        " 5",
        "5\n",
        "five",
        "",
    ],
    ids=lambda text: ascii(text[:20]),
)
def test_finds_nothing_for_any_other_text(paths: MapAdapter, text: str) -> None:
    with pytest.raises(NotFound):
        paths.match(f"/films/{text}")


def test_builds_the_path_of_an_id(paths: MapAdapter) -> None:
    assert paths.build("film", {"film_id": 5}) == "/films/5"


def seen(path: str, **environ: str) -> str:
    """The path that the application sees of a request for this one."""

    def echo(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        start_response("200 OK", [])
        return [environ["PATH_INFO"].encode()]

    return Client(FinalSlash(echo)).get("/", environ_overrides={"PATH_INFO": path, **environ}).text


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("/movies", "/movies/"),
        ("/movies/5", "/movies/5/"),
        ("/user/password", "/user/password/"),
        ("/v1.0/movies", "/v1.0/movies/"),
    ],
)
def test_a_path_without_its_final_slash_stands_for_the_one_with_it(
    path: str, expected: str
) -> None:
    assert seen(path) == expected


@pytest.mark.parametrize("path", ["/", "", "/movies/", "/movies//", "/swagger.json", "/docs/a.js"])
def test_leaves_other_paths_as_they_are(path: str) -> None:
    assert seen(path) == path


def test_takes_a_slash_in_the_query_for_none_of_the_path() -> None:
    assert seen("/movies", QUERY_STRING="q=/") == "/movies/"


def test_takes_a_request_without_a_path_as_it_is() -> None:
    given: dict[str, Any] = {}

    def note(environ: dict[str, Any], _: Any) -> Iterable[bytes]:
        assert environ is given
        return []

    FinalSlash(note)(given, None)
    assert given == {}

"""Films, genres and directors: their fields, orders and filters."""

from collections.abc import Callable

import pytest

from tests.contract.client import Api, Json
from tests.contract.routes import part_id

FIELDS = {"id", "title", "description", "trailer", "poster", "year", "rating"}
FIELDS |= {"genre", "director"}


def by_rating(film: Json) -> tuple[bool, float, int]:
    return film["rating"] is None, -(film["rating"] or 0), film["id"]


def by_newest(film: Json) -> tuple[int, int]:
    return -film["year"], -film["id"]


def test_a_film_in_a_list_has_exactly_the_promised_fields(api: Api) -> None:
    assert [film for film in api.listed("/movies/") if set(film) != FIELDS] == []


def test_a_poster_is_drawn_here_where_a_file_brought_none(api: Api) -> None:
    films = api.listed("/movies/")
    assert [film["poster"] for film in films] == [
        f"/movies/{film['id']}/poster.svg" for film in films
    ]


def test_a_film_alone_tells_of_favorites_too(api: Api, film: Json) -> None:
    alone = api.get(f"/movies/{film['id']}/").json()
    assert alone == {
        **film,
        "favorites_count": alone["favorites_count"],
        "is_favorite": None,
    }


@pytest.mark.parametrize("kind", ["genre", "director"])
def test_a_genre_and_a_director_can_be_read_alone(api: Api, film: Json, kind: str) -> None:
    response = api.get(f"/{kind}s/{film[kind]['id']}/")
    assert (response.status_code, response.json()) == (200, film[kind])


@pytest.mark.parametrize(
    ("order", "key"),
    [
        ({"status": "new"}, by_newest),
        ({"sort": "rating"}, by_rating),
        ({"status": "old"}, lambda film: film["id"]),
    ],
    ids=["newest", "rating", "as they are"],
)
def test_films_come_in_the_order_that_is_wanted(
    api: Api, order: dict[str, str], key: Callable[[Json], int]
) -> None:
    assert api.listed("/movies/", **order) == sorted(api.listed("/movies/"), key=key)


@pytest.mark.parametrize(
    "names", [["genre_id"], ["director_id"], ["year"], ["genre_id", "year"]], ids=str
)
def test_films_can_be_filtered(api: Api, film: Json, names: list[str]) -> None:

    def values(one: Json) -> dict[str, int]:
        genre_id, director_id = part_id(one, "genre"), part_id(one, "director")
        known = {"genre_id": genre_id, "director_id": director_id, "year": one["year"]}
        return {name: known[name] for name in names}

    wanted = [one for one in api.listed("/movies/") if values(one) == values(film)]
    assert api.listed("/movies/", **values(film)) == wanted

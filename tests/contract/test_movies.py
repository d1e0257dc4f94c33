"""Films, genres and directors: fields, orders and filters."""

from collections.abc import Callable

import pytest

from tests.contract.client import Api, Json

FIELDS = {"id", "title", "description", "trailer", "poster", "year", "rating"}
FIELDS |= {"genre", "director"}


def by_rating(film: Json) -> tuple[bool, float, int]:
    return film["rating"] is None, -(film["rating"] or 0), film["id"]


def by_newest(film: Json) -> tuple[int, int]:
    return -film["year"], -film["id"]


def test_a_film_in_a_list_has_exactly_the_promised_fields(api: Api) -> None:
    fields = {name for film in api.listed("/movies/") for name in film}
    assert fields == FIELDS, "Add a new field to FIELDS of tests/contract/test_movies.py."


def test_a_film_alone_tells_of_favorites_too(api: Api, film: Json) -> None:
    alone = api.get(f"/movies/{film['id']}/").json()
    count = alone["favorites_count"]
    assert alone == {**film, "favorites_count": count, "is_favorite": None}


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


def test_films_can_be_filtered(api: Api, film: Json) -> None:
    genre, year = film["genre"], film["year"]
    wanted = [one for one in api.listed("/movies/") if (one["genre"], one["year"]) == (genre, year)]
    assert api.listed("/movies/", genre_id=genre["id"], year=year) == wanted

"""Films, genres and directors: their fields, orders and filters."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.contract.client import Api, Json, status_of
from tests.contract.folding import folded
from tests.contract.routes import part_id

FIELDS = {"id", "title", "description", "trailer", "poster", "year", "rating"}
FIELDS |= {"genre", "director"}


def by_rating(film: Json) -> tuple[bool, float, int]:
    return film["rating"] is None, -(film["rating"] or 0), film["id"]


def by_title(film: Json) -> tuple[str, int]:
    return folded(film["title"]), film["id"]


def by_newest(film: Json) -> tuple[int, int]:
    return -film["year"], -film["id"]


def filters_of(film: Json, *names: str) -> dict[str, int]:
    """Return the filters that leave films alike."""
    found = {"genre": "genre_id", "director": "director_id"}
    return {
        found.get(name, name): part_id(film, name) if name in found else film[name]
        for name in names
    }


def alike(api: Api, film: Json, *names: str) -> list[Json]:
    """Return the films with the same genre, director or year."""
    films = api.listed("/movies/")
    return [other for other in films if all(other[name] == film[name] for name in names)]


def test_a_film_in_a_list_has_exactly_the_promised_fields(api: Api) -> None:
    """Every film in a list has the nine promised fields, and no others."""
    assert [film for film in api.listed("/movies/") if set(film) != FIELDS] == []


@pytest.mark.parametrize("part", ["genre", "director"])
def test_a_film_has_its_genre_and_director_as_objects(api: Api, part: str) -> None:
    """The genre and the director of a film are the objects that their lists have."""
    known = api.listed(f"/{part}s/")
    assert [film for film in api.listed("/movies/") if film[part] not in known] == []


def test_a_trailer_is_a_url_of_youtube_or_empty(api: Api) -> None:
    """A trailer is a URL of YouTube's player page, or an empty text, but never null."""
    start = "https://www.youtube.com/watch?v="
    trailers = [film["trailer"] for film in api.listed("/movies/")]
    assert [text for text in trailers if text != "" and not text.startswith(start)] == []


def test_a_poster_is_drawn_here_where_a_file_brought_none(api: Api) -> None:
    """A poster is a path of the server, or the URL that a catalogue file brought."""
    films = api.listed("/movies/")
    assert [film["poster"] for film in films] == [
        f"/movies/{film['id']}/poster.svg" for film in films
    ]


def test_a_rating_is_a_number_from_0_to_10_or_null(api: Api) -> None:
    """A rating is a number from 0 to 10, or null where there is none."""
    ratings = [film["rating"] for film in api.listed("/movies/")]
    assert [rating for rating in ratings if rating is not None and not 0 <= rating <= 10] == []


@pytest.mark.parametrize("path", ["/genres/", "/directors/"])
def test_genres_and_directors_have_an_id_and_a_name(api: Api, path: str) -> None:
    """A genre and a director are an id and a name, and nothing else."""
    assert [record for record in api.listed(path) if set(record) != {"id", "name"}] == []


def test_a_film_alone_tells_of_favorites_too(api: Api, film: Json) -> None:
    """A film on its own is what lists show, and how many like it, and whether you do."""
    alone = api.get(f"/movies/{film['id']}/").json()
    assert alone == {
        **film,
        "favorites_count": alone["favorites_count"],
        "is_favorite": None,
    }


@pytest.mark.parametrize("kind", ["genre", "director"])
def test_a_genre_and_a_director_can_be_read_alone(api: Api, film: Json, kind: str) -> None:
    """A genre or a director on its own is what films show."""
    response = api.get(f"/{kind}s/{film[kind]['id']}/")
    assert (response.status_code, response.json()) == (200, film[kind])


@pytest.mark.parametrize(
    ("order", "key"),
    [
        ({"status": "new"}, by_newest),
        ({"sort": "rating"}, by_rating),
        ({"sort": "title"}, by_title),
        ({"status": "old"}, lambda film: film["id"]),
    ],
    ids=["newest", "rating", "title", "as they are"],
)
def test_films_come_in_the_order_that_is_wanted(
    api: Api, order: dict[str, str], key: Callable[[Json], int]
) -> None:
    """Films come by year or rating from the highest, by title whatever its case, or by id."""
    assert api.listed("/movies/", **order) == sorted(api.listed("/movies/"), key=key)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        *(("sort", text) for text in ("id", "year", "Rating", "-rating", "title,id", "id;--")),
        *(("rating_from", text) for text in ("abc", "7,5", "٧")),
        *(("genre_id", text) for text in ("4,", "4, 5", "abc")),
    ],
)
def test_what_is_no_order_or_filter_is_refused(api: Api, name: str, value: str) -> None:
    """An order that does not exist is refused, and what is no rating or no list of ids."""
    assert status_of(api.get("/movies/", params={name: value}), faulty={name}) == 400


@pytest.mark.parametrize("sort", ["rating", "title", "popular"])
def test_sort_and_status_new_exclude_each_other(api: Api, sort: str) -> None:
    """`sort` and `status=new` ask for two orders at once, which is refused."""
    response = api.get("/movies/", params={"sort": sort, "status": "new"})
    assert status_of(response, faulty={"sort"}) == 400


@pytest.mark.parametrize("names", [["genre"], ["director"], ["year"], ["genre", "year"]], ids=str)
def test_films_can_be_filtered(api: Api, film: Json, names: list[str]) -> None:
    """Filters leave the films that fit all of them, in their order."""
    assert api.listed("/movies/", **filters_of(film, *names)) == alike(api, film, *names)


def test_a_filtered_list_has_an_order_and_pages(api: Api, film: Json) -> None:
    """A filter goes together with an order and pages, and `X-Total-Count` counts what it leaves."""
    wanted = sorted(alike(api, film, "genre"), key=by_title)
    query = f"genre_id={part_id(film, 'genre')}&sort=title&page=1&per_page=2"
    response = api.get(f"/movies/?{query}")
    assert response.json() == wanted[:2]
    assert response.headers["X-Total-Count"] == str(len(wanted))


@pytest.mark.parametrize("params", ["genre_id=&sort=", "year=&director_id=&q=", "rating_from="])
def test_an_empty_filter_or_order_is_not_given(api: Api, params: str) -> None:
    """A filter or an order that is empty, as forms send it, is one that is not given."""
    assert api.get(f"/movies/?{params}").json() == api.listed("/movies/")


def test_films_can_be_filtered_by_ranges(api: Api, film: Json) -> None:
    """`year_from`, `year_to` and `rating_from` leave the films that lie in all ranges."""
    year, rating = film["year"], film["rating"] or 5
    wanted = [
        one
        for one in api.listed("/movies/")
        if year - 10 <= one["year"] <= year + 10 and (one["rating"] or -1) >= rating
    ]
    ranges = {"year_from": year - 10, "year_to": year + 10, "rating_from": rating}
    assert api.listed("/movies/", **ranges) == wanted


def test_films_can_be_of_several_genres(api: Api) -> None:
    """`genre_id=4,5` leaves the films of any of them, in whatever order they are named."""
    ids = [genre["id"] for genre in api.listed("/genres/")][:3]
    wanted = [film for film in api.listed("/movies/") if part_id(film, "genre") in ids]
    assert api.listed("/movies/", genre_id=",".join(map(str, ids[::-1]))) == wanted

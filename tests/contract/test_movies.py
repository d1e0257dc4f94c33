"""Films, genres and directors: their fields, orders and filters."""

from __future__ import annotations

import pytest

from tests.contract.client import Api, Json, status_of
from tests.contract.folding import folded
from tests.contract.routes import part_id

FIELDS = {"id", "title", "description", "trailer", "year", "rating", "genre", "director"}


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
    """Every film in a list has the eight promised fields, and no others."""
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


def test_new_films_come_first_with_status_new(api: Api) -> None:
    """With `status=new` the later year comes first, within a year the higher id."""
    assert api.listed("/movies/", status="new") == sorted(api.listed("/movies/"), key=by_newest)


def test_films_can_be_sorted_by_rating(api: Api) -> None:
    """`sort=rating` puts the highest first, unrated films last, and equals by id."""
    assert api.listed("/movies/", sort="rating") == sorted(api.listed("/movies/"), key=by_rating)


def test_films_can_be_sorted_by_title(api: Api) -> None:
    """`sort=title` orders by title, whatever the case and with ё as е, and equals by id."""
    assert api.listed("/movies/", sort="title") == sorted(api.listed("/movies/"), key=by_title)


@pytest.mark.parametrize("sort", ["id", "year", "Rating", "-rating", "title,id", "id;--"])
def test_an_unknown_sort_is_refused(api: Api, sort: str) -> None:
    """A `sort` that does not exist is refused."""
    response = api.get("/movies/", params={"sort": sort})
    assert status_of(response, faulty={"sort"}) == 400


@pytest.mark.parametrize("sort", ["rating", "title", "popular"])
def test_sort_and_status_new_exclude_each_other(api: Api, sort: str) -> None:
    """`sort` and `status=new` ask for two orders at once, which is refused."""
    response = api.get("/movies/", params={"sort": sort, "status": "new"})
    assert status_of(response, faulty={"sort"}) == 400


@pytest.mark.parametrize("name", ["genre", "director", "year"])
def test_films_can_be_filtered(api: Api, film: Json, name: str) -> None:
    """A filter leaves the films of one genre, director or year, in their order."""
    assert api.listed("/movies/", **filters_of(film, name)) == alike(api, film, name)


def test_filters_can_be_combined(api: Api, film: Json) -> None:
    """Several filters leave what fits all of them."""
    filters = filters_of(film, "genre", "year")
    assert api.listed("/movies/", **filters) == alike(api, film, "genre", "year")


def test_a_filtered_list_can_be_ordered(api: Api, film: Json) -> None:
    """A filter goes together with an order."""
    filtered = api.listed("/movies/", **filters_of(film, "genre"), sort="title")
    assert filtered == sorted(alike(api, film, "genre"), key=by_title)


def test_a_filtered_list_can_be_paged(api: Api, film: Json) -> None:
    """A filter goes together with pages, and `X-Total-Count` counts what it leaves."""
    wanted = alike(api, film, "genre")
    params = {**filters_of(film, "genre"), "page": 1, "per_page": 1}
    response = api.get("/movies/", params=params)
    assert response.json() == wanted[:1]
    assert response.headers["X-Total-Count"] == str(len(wanted))


@pytest.mark.parametrize("text", ["abc", "-1", "7,5", "1e1", "nan", "٧", ".5"])
def test_a_rating_is_a_decimal_number(api: Api, text: str) -> None:
    """`rating_from` is a decimal number of the digits 0-9; anything else is refused."""
    response = api.get("/movies/", params={"rating_from": text})
    assert status_of(response, faulty={"rating_from"}) == 400


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
    for order in (ids, ids[::-1]):
        assert api.listed("/movies/", genre_id=",".join(map(str, order))) == wanted


@pytest.mark.parametrize("text", ["4,", ",4", "4,,5", "4, 5", ",".join(map(str, range(1, 22)))])
def test_a_list_of_genres_that_is_none_is_refused(api: Api, text: str) -> None:
    """Genres are at most 20 ids between commas."""
    assert status_of(api.get("/movies/", params={"genre_id": text}), faulty={"genre_id"}) == 400

"""Films, genres and directors: their fields, orders and filters."""

from __future__ import annotations

import pytest

from tests.contract.client import Api, Json, status_of
from tests.contract.routes import part_id

FIELDS = {"id", "title", "description", "trailer", "year", "rating", "genre", "director"}


def by_rating(film: Json) -> tuple[bool, float, int]:
    return film["rating"] is None, -(film["rating"] or 0), film["id"]


def by_title(film: Json) -> tuple[str, int]:
    return film["title"].casefold().replace("ё", "е"), film["id"]


def by_newest(film: Json) -> tuple[int, int]:
    return -film["year"], -film["id"]


def test_a_film_in_a_list_has_exactly_the_promised_fields(api: Api) -> None:
    """Every film in a list has the eight promised fields, and no others."""
    assert [film for film in api.whole("/movies/") if set(film) != FIELDS] == []


def test_every_film_has_its_genre_as_an_object(api: Api) -> None:
    """The genre of a film is the object that the list of genres has."""
    genres = api.whole("/genres/")
    assert [film for film in api.whole("/movies/") if film["genre"] not in genres] == []


def test_every_film_has_its_director_as_an_object(api: Api) -> None:
    """The director of a film is the object that the list of directors has."""
    directors = api.whole("/directors/")
    assert [film for film in api.whole("/movies/") if film["director"] not in directors] == []


def test_a_trailer_is_an_address_on_youtube_or_empty(api: Api) -> None:
    """A trailer is an address of YouTube's player page, or an empty text, but never null."""
    start = "https://www.youtube.com/watch?v="
    trailers = [film["trailer"] for film in api.whole("/movies/")]
    assert [text for text in trailers if text != "" and not text.startswith(start)] == []


def test_a_rating_is_a_number_from_0_to_10_or_null(api: Api) -> None:
    """A rating is a number from 0 to 10, or null where there is none."""
    ratings = [film["rating"] for film in api.whole("/movies/")]
    assert [rating for rating in ratings if rating is not None and not 0 <= rating <= 10] == []


@pytest.mark.parametrize("path", ["/genres/", "/directors/"])
def test_genres_and_directors_have_an_id_and_a_name(api: Api, path: str) -> None:
    """A genre and a director are an id and a name, and nothing else."""
    assert [record for record in api.whole(path) if set(record) != {"id", "name"}] == []


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
    assert api.whole("/movies/", status="new") == sorted(api.whole("/movies/"), key=by_newest)


def test_films_can_be_sorted_by_rating(api: Api) -> None:
    """`sort=rating` puts the highest first, unrated films last, and equals by id."""
    assert api.whole("/movies/", sort="rating") == sorted(api.whole("/movies/"), key=by_rating)


def test_films_can_be_sorted_by_title(api: Api) -> None:
    """`sort=title` orders by title, whatever the case and with ё as е, and equals by id."""
    assert api.whole("/movies/", sort="title") == sorted(api.whole("/movies/"), key=by_title)


@pytest.mark.parametrize("sort", ["", "id", "year", "Rating", "-rating", "title,id", "id;--"])
def test_an_unknown_sort_is_refused(api: Api, sort: str) -> None:
    """A `sort` that does not exist is refused."""
    response = api.get("/movies/", params={"sort": sort})
    assert status_of(response, faulty={"sort"}) == 400


@pytest.mark.parametrize("sort", ["rating", "title", "popular"])
def test_sort_and_status_new_exclude_each_other(api: Api, sort: str) -> None:
    """`sort` and `status=new` ask for two orders at once, which is refused."""
    response = api.get("/movies/", params={"sort": sort, "status": "new"})
    assert status_of(response, faulty={"sort"}) == 400


@pytest.mark.parametrize("kind", ["genre", "director"])
def test_films_can_be_filtered_by_genre_and_director(api: Api, film: Json, kind: str) -> None:
    """`genre_id` and `director_id` leave the films of one genre or director, in their order."""
    wanted = [other for other in api.whole("/movies/") if other[kind] == film[kind]]
    assert api.whole("/movies/", **{f"{kind}_id": part_id(film, kind)}) == wanted


def test_films_can_be_filtered_by_year(api: Api, film: Json) -> None:
    """`year` leaves the films of one year, in their order."""
    wanted = [other for other in api.whole("/movies/") if other["year"] == film["year"]]
    assert api.whole("/movies/", year=film["year"]) == wanted


def test_filters_can_be_combined(api: Api, film: Json) -> None:
    """Several filters leave what fits all of them."""
    wanted = [
        other
        for other in api.whole("/movies/")
        if (other["genre"], other["year"]) == (film["genre"], film["year"])
    ]
    filters = {"genre_id": part_id(film, "genre"), "year": film["year"]}
    assert api.whole("/movies/", **filters) == wanted


def test_a_filtered_list_can_be_ordered(api: Api, film: Json) -> None:
    """A filter goes together with an order."""
    wanted = [other for other in api.whole("/movies/") if other["genre"] == film["genre"]]
    filtered = api.whole("/movies/", genre_id=part_id(film, "genre"), sort="title")
    assert filtered == sorted(wanted, key=by_title)


def test_a_filtered_list_can_be_paged(api: Api, film: Json) -> None:
    """A filter goes together with pages, and `X-Total-Count` counts what it leaves."""
    wanted = [other for other in api.whole("/movies/") if other["genre"] == film["genre"]]
    filters = {"genre_id": part_id(film, "genre")}
    response = api.get("/movies/", params={**filters, "page": 1, "per_page": 1})
    assert response.json() == wanted[:1]
    assert response.headers["X-Total-Count"] == str(len(wanted))


@pytest.mark.parametrize("name", ["genre_id", "director_id", "year"])
@pytest.mark.parametrize("value", [0, 2**31 - 1, 2**31, 2**63, 2**64 + 1, 10**1000])
def test_a_filter_that_nothing_fits_gives_an_empty_list(api: Api, name: str, value: int) -> None:
    """A genre, director or year that does not exist gives an empty list, however large."""
    response = api.get("/movies/", params={name: value})
    assert (response.status_code, response.json()) == (200, [])


@pytest.mark.parametrize("name", ["genre_id", "director_id", "year"])
@pytest.mark.parametrize("value", ["", "abc", "-1", "1.5", "1_0", "١", "1 OR 1=1", "\0"])
def test_a_filter_that_is_no_number_is_refused(api: Api, name: str, value: str) -> None:
    """A filter that is no whole number is refused."""
    response = api.get("/movies/", params={name: value})
    assert status_of(response, faulty={name}) == 400

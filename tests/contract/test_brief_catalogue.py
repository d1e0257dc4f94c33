"""Films, genres and directors"""

from __future__ import annotations

import pytest

from tests.contract.client import Api, Json
from tests.contract.notebook import CannotCheckError

pytestmark = pytest.mark.brief

LISTS = ["/movies/", "/genres/", "/directors/"]
PAGE_SIZE = 12
lists = pytest.mark.parametrize("path", LISTS)


def longer_than_a_page(api: Api, **params: str) -> dict[str, list[Json]]:
    """Return the lists that are long enough to tell a page from the whole."""
    paths = ["/movies/"] if params else LISTS
    wholes = {path: api.whole(path, **params) for path in paths}
    found = {path: whole for path, whole in wholes.items() if len(whole) > PAGE_SIZE}
    if not found:
        raise CannotCheckError(f"no list is longer than the {PAGE_SIZE} records of a page")
    return found


@lists
def test_a_list_is_an_array_of_objects_with_an_id(api: Api, path: str) -> None:
    """`GET /movies/`, `/genres/` and `/directors/` give arrays of objects with an `id`."""
    response = api.get(path)
    assert response.status_code == 200
    records = response.json()
    assert type(records) is list
    assert [record for record in records if "id" not in record] == []


@pytest.mark.parametrize("path", ["/genres/", "/directors/"])
def test_a_genre_and_a_director_have_a_name(api: Api, path: str) -> None:
    """Every genre and every director has a `name`."""
    assert [record for record in api.whole(path) if not record.get("name")] == []


def test_a_film_has_a_title_and_a_year(api: Api) -> None:
    """Every film has a `title` and a `year`."""
    films = api.whole("/movies/")
    assert [film for film in films if not (film.get("title") and film.get("year"))] == []


@lists
def test_one_record_can_be_read_by_its_id(api: Api, path: str) -> None:
    """`GET /movies/{id}`, `/genres/{id}` and `/directors/{id}` give one object, the right one."""
    records = api.whole(path)
    response = api.get(f"{path}{records[-1]['id']}/")
    assert response.status_code == 200
    assert response.json()["id"] == records[-1]["id"]


@lists
def test_an_id_that_nothing_has_is_404(api: Api, path: str) -> None:
    """An id that nothing has is 404."""
    assert api.get(f"{path}2147483647/").status_code == 404


def test_a_page_holds_twelve_records(api: Api) -> None:
    """With `page=1` a list gives its first 12 records."""
    for path, whole in longer_than_a_page(api).items():
        assert api.listed(path, page=1) == whole[:PAGE_SIZE]


def test_the_pages_together_are_the_list(api: Api) -> None:
    """Page after page gives every record once; without `page` the list gives all of them."""
    for path, whole in longer_than_a_page(api).items():
        together: list[Json] = []
        for page in range(1, -(-len(whole) // PAGE_SIZE) + 1):
            together += api.listed(path, page=page)
        assert [record["id"] for record in together] == [record["id"] for record in whole]


def test_new_films_come_first_with_status_new(api: Api) -> None:
    """With `status=new` the films of the latest years come first."""
    years = [film["year"] for film in api.listed("/movies/", status="new")]
    assert years == sorted((film["year"] for film in api.whole("/movies/")), reverse=True)


def test_status_new_has_pages(api: Api) -> None:
    """`status=new` and `page` go together: the first page has the newest films of all."""
    newest_first = longer_than_a_page(api, status="new")["/movies/"]
    assert api.listed("/movies/", status="new", page=1) == newest_first[:PAGE_SIZE]


@pytest.mark.parametrize("status", ["", "old", "NEW", "new ", "1"])
def test_another_status_changes_nothing(api: Api, status: str) -> None:
    """With any other `status` films stay in the order of the database."""
    whole = api.whole("/movies/")
    assert api.listed("/movies/", status=status) == whole

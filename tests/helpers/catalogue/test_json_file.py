from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from config import ROOT
from helpers.catalogue import json_file as catalogue_json
from helpers.catalogue.model import Catalogue, Film, youtube_address

FILM = {
    "id": 1,
    "title": "Солярис",
    "description": "An ocean thinks.",
    "trailer": "https://youtu.be/UKei_d0-bP4",
    "year": 1972,
    "rating": 8.1,
    "genre_id": 2,
    "director_id": 3,
}
DEMO = ROOT / "data" / "demo_catalogue.json"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "films.json"


def read(path: Path, **changes: Any) -> Catalogue:
    """Read a good file of one film, with members of the file's object changed."""
    document = {
        "source": "test",
        "genres": [{"id": 2, "name": "Драма"}],
        "directors": [{"id": 3, "name": "Андрей Тарковский"}],
        "movies": [FILM],
    }
    path.write_text(json.dumps({**document, **changes}), "utf-8")
    return catalogue_json.read(path)


def read_film(path: Path, **changes: Any) -> Film:
    [film] = read(path, movies=[{**FILM, **changes}]).films
    return film


def test_reads_a_catalogue(path: Path) -> None:
    assert read(path) == Catalogue(
        source="test",
        genres=["Драма"],
        directors={"3": "Андрей Тарковский"},
        films=[
            Film(
                external_id="1",
                title="Солярис",
                description="An ocean thinks.",
                trailer="https://www.youtube.com/watch?v=UKei_d0-bP4",
                year=1972,
                rating=8.1,
                genre="Драма",
                director_id="3",
            )
        ],
        size=1,
    )


def test_an_id_may_be_called_pk(path: Path) -> None:
    film = {"pk": 1, **{name: value for name, value in FILM.items() if name != "id"}}
    found = read(
        path,
        genres=[{"pk": 2, "name": "Drama"}],
        directors=[{"pk": 3, "name": "Tarkovsky"}],
        movies=[film],
    )
    assert (found.genres, found.directors) == (["Drama"], {"3": "Tarkovsky"})
    assert [film.external_id for film in found.films] == ["1"]


def test_an_id_may_be_text(path: Path) -> None:
    found = read(
        path,
        genres=[{"id": "g", "name": "Drama"}],
        directors=[{"id": "nm0001789", "name": "Tarkovsky"}],
        movies=[{**FILM, "id": "tt0069293", "genre_id": "g", "director_id": "nm0001789"}],
    )
    [film] = found.films
    assert (film.external_id, film.genre, film.director_id) == ("tt0069293", "Drama", "nm0001789")


def test_a_number_may_refer_to_an_id_that_is_text(path: Path) -> None:
    found = read(path, directors=[{"id": "3", "name": "Tarkovsky"}])
    assert [film.director_id for film in found.films] == ["3"]


def test_a_file_without_a_source_is_of_the_source_json(path: Path) -> None:
    path.write_text('{"genres": [], "directors": [], "movies": []}')
    assert catalogue_json.read(path) == Catalogue("json", [], {}, [], size=0)


def test_ignores_members_it_does_not_know(path: Path) -> None:
    assert read(path, comment="ours", movies=[{**FILM, "budget": 1}]) == read(path)


def test_keeps_two_directors_of_one_name_apart(path: Path) -> None:
    rows = [{"id": number, "name": "Steve McQueen"} for number in (3, 4)]
    assert read(path, directors=rows).directors == {"3": "Steve McQueen", "4": "Steve McQueen"}


@pytest.mark.parametrize("name", ["description", "trailer"])
def test_a_text_that_is_null_is_empty(path: Path, name: str) -> None:
    assert getattr(read_film(path, **{name: None}), name) == ""


def test_a_film_needs_no_description_trailer_or_rating(path: Path) -> None:
    optional = {"description", "trailer", "rating"}
    film = {name: value for name, value in FILM.items() if name not in optional}
    [found] = read(path, movies=[film]).films
    assert (found.description, found.trailer, found.rating) == ("", "", None)


def test_has_no_trailer_where_the_address_is_of_another_site(path: Path) -> None:
    assert read_film(path, trailer="https://vimeo.com/76979871").trailer == ""


@pytest.mark.parametrize("rating", [None, 0, 7, 7.5, 10])
def test_takes_a_rating_from_0_to_10_or_none(path: Path, rating: float | None) -> None:
    assert read_film(path, rating=rating).rating == rating


@pytest.mark.parametrize("year", [1, 9_999])
def test_takes_every_year_of_four_digits(path: Path, year: int) -> None:
    assert read_film(path, year=year).year == year


def test_takes_texts_as_long_as_may_be(path: Path) -> None:
    film = read_film(path, title="т" * 500, description="о" * 10_000, id="1" * 50)
    assert (film.title, film.description, film.external_id) == ("т" * 500, "о" * 10_000, "1" * 50)


def test_the_demo_catalogue_is_of_the_source_demo() -> None:
    assert catalogue_json.read(DEMO).source == "demo"


def test_the_demo_catalogue_fills_five_pages_and_more() -> None:
    assert catalogue_json.read(DEMO).size >= 60


def test_the_demo_catalogue_has_a_canonical_trailer_for_each_film() -> None:
    given = {
        film["title"]: film["trailer"] for film in json.loads(DEMO.read_text("utf-8"))["movies"]
    }
    assert given == {title: youtube_address(trailer) for title, trailer in given.items()}

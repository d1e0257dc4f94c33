import json
from pathlib import Path

import pytest

from config import ROOT
from helpers.catalogue import Catalogue, CatalogueMovie
from helpers.catalogue.youtube import canonical_url
from tests.helpers.catalogue.opening import (
    DIRECTOR,
    FILM,
    GENRE,
    LEFT_OUT,
    changed,
    opened,
    read,
    write,
)

DEMO = ROOT / "data" / "demo_catalogue.json"


def test_reads_a_catalogue(path: Path) -> None:
    film = CatalogueMovie(
        external_id="1",
        title="Солярис",
        description="An ocean thinks.",
        trailer="https://www.youtube.com/watch?v=UKei_d0-bP4",
        poster="https://images.example/solaris.jpg",
        year=1972,
        rating=8.1,
        genre="Драма",
        director_id="3",
    )
    directors = {"3": "Андрей Тарковский"}
    assert read(path) == Catalogue("test", ["Драма"], directors, movies=[film], size=1)


def test_an_id_may_be_called_pk(path: Path) -> None:
    genre, director, film = (
        changed(row, id=LEFT_OUT, pk=row["id"]) for row in (GENRE, DIRECTOR, FILM)
    )
    assert read(path, genres=[genre], directors=[director], movies=[film]) == read(path)


def test_an_id_may_be_a_text_or_a_number_wherever_it_is_named(path: Path) -> None:
    genre, director = changed(GENRE, id="g"), changed(DIRECTOR, id="3")
    film = changed(FILM, id="tt0069293", genre_id="g", director_id=3.0)
    [found] = read(path, genres=[genre], directors=[director], movies=[film]).movies
    assert (found.external_id, found.genre, found.director_id) == ("tt0069293", "Драма", "3")


def test_the_source_is_the_one_given_that_of_the_file_or_its_name(path: Path) -> None:
    assert read(path).source == "test"
    assert read(path, source=LEFT_OUT).source == "films.json"
    assert opened(path, "given").source == "given"


def test_a_byte_order_mark_may_come_first(path: Path) -> None:
    document = write(path).read_bytes()
    path.write_bytes(b"\xef\xbb\xbf" + document)
    assert opened(path) == read(path)


@pytest.mark.parametrize(
    ("member", "written", "value"),
    [
        *(("year", written, 2001) for written in (2001.0, " 2001.0 ")),
        *(("rating", written, 7.3) for written in (7.3, " 7.30")),
        *(("id", written, "1") for written in (1, 1.0, "1.0")),
        ("id", "007", "007"),
        ("id", 2**63, "9223372036854775808"),
    ],
    ids=repr,
)
def test_takes_numbers_however_they_are_written(
    path: Path, member: str, written: object, value: object
) -> None:
    [film] = read(path, movies=[changed(FILM, **{member: written})]).movies
    assert getattr(film, "external_id" if member == "id" else member) == value


@pytest.mark.parametrize("nothing", [None, LEFT_OUT], ids=["null", "left out"])
def test_a_film_needs_no_description_trailer_poster_or_rating(path: Path, nothing: object) -> None:
    names = ("description", "trailer", "poster", "rating")
    [found] = read(path, movies=[changed(FILM, **dict.fromkeys(names, nothing))]).movies
    assert [getattr(found, name) for name in names] == ["", "", "", None]


@pytest.mark.parametrize(
    ("name", "reason"),
    [("trailer", "not a video of YouTube's"), ("poster", "not an http or https URL")],
)
@pytest.mark.parametrize("url", ["ftp://vimeo.com/76979871", 5])
def test_drops_and_counts_what_is_no_trailer_or_poster(
    path: Path, name: str, reason: str, url: object
) -> None:
    films = [FILM, changed(FILM, id=2, **{name: url}), changed(FILM, id=3, **{name: " "})]
    catalogue = read(path, movies=films)
    assert [bool(getattr(film, name)) for film in catalogue.movies] == [True, False, False]
    assert list(catalogue.dropped.lines()) == [f"1: {name}: {reason}; the first is item 2."]


@pytest.mark.parametrize(
    ("member", "value"),
    [
        *(("rating", 0), ("rating", 10), ("year", 1), ("year", 9_999)),
        *(("title", "т" * 500), ("description", "о" * 10_000), ("director_id", "1" * 50)),
    ],
    ids=lambda value: str(value)[:20],
)
def test_takes_values_up_to_their_limits(path: Path, member: str, value: object) -> None:
    directors = [changed(DIRECTOR, id="1" * 50), DIRECTOR]
    [film] = read(path, directors=directors, movies=[changed(FILM, **{member: value})]).movies
    assert getattr(film, member) == value


def test_the_demo_catalogue_has_canonical_trailers() -> None:
    trailers = [film["trailer"] for film in json.loads(DEMO.read_text("utf-8"))["movies"]]
    assert trailers == list(map(canonical_url, trailers))

"""The catalogue of the laboratory: the same each time, and with whatever a client may meet."""

import re
from collections.abc import Callable
from unicodedata import bidirectional, combining

import pytest

from constants import CREDIT_LENGTH, DESCRIPTION_LENGTH, PAGE_SIZE, TITLE_LENGTH
from helpers.catalogue import CatalogueMovie, seeded_catalogue
from helpers.catalogue.youtube import canonical_url
from tests.support.servers import ROOT

LABORATORY = ROOT / "data" / "laboratory.toml"


@pytest.fixture(scope="module")
def movies() -> list[CatalogueMovie]:
    return list(seeded_catalogue(LABORATORY).movies)


def test_is_the_same_each_time(movies: list[CatalogueMovie]) -> None:
    catalogue = seeded_catalogue(LABORATORY)
    assert (list(catalogue.movies), catalogue.size) == (movies, len(movies))


def test_has_a_hundred_pages_and_the_last_one_is_not_full(movies: list[CatalogueMovie]) -> None:
    pages, rest = divmod(len(movies), PAGE_SIZE)
    assert pages == 99
    assert 0 < rest < PAGE_SIZE


def test_keeps_to_every_limit(movies: list[CatalogueMovie]) -> None:
    catalogue = seeded_catalogue(LABORATORY)
    assert len({movie.external_id for movie in movies}) == len(movies)
    for movie in movies:
        assert 0 < len(movie.title.strip()) == len(movie.title) <= TITLE_LENGTH
        assert len(movie.description) <= DESCRIPTION_LENGTH
        assert canonical_url(movie.trailer) == movie.trailer
        assert 1 <= movie.year <= 9999
        assert movie.rating is None or 0 <= movie.rating <= 10
        assert movie.genre in catalogue.genres
        assert movie.director_id in catalogue.directors
    for name in (*catalogue.genres, *catalogue.directors.values()):
        assert 0 < len(name.strip()) == len(name) <= CREDIT_LENGTH


@pytest.mark.parametrize(
    "is_odd",
    [
        pytest.param(lambda movie: len(movie.title) == TITLE_LENGTH, id="longest title"),
        pytest.param(lambda movie: len(movie.title) == 1, id="one letter"),
        pytest.param(lambda movie: re.fullmatch(r"\W+", movie.title), id="punctuation"),
        pytest.param(lambda movie: "<script>" in movie.title, id="markup"),
        pytest.param(lambda movie: any(map(combining, movie.title)), id="combining marks"),
        pytest.param(lambda movie: "\N{ZERO WIDTH JOINER}" in movie.title, id="emoji"),
        pytest.param(lambda movie: bidirectional(movie.title[0]) == "R", id="right to left"),
        pytest.param(lambda movie: bidirectional(movie.title[0]) == "AL", id="Arabic"),
        pytest.param(lambda movie: not movie.trailer, id="no trailer"),
        pytest.param(lambda movie: movie.rating is None, id="no rating"),
        pytest.param(lambda movie: movie.rating == 0, id="lowest rating"),
        pytest.param(lambda movie: not movie.description, id="no description"),
        pytest.param(
            lambda movie: len(movie.description) == DESCRIPTION_LENGTH, id="longest description"
        ),
        pytest.param(lambda movie: movie.year == 1, id="first year"),
        pytest.param(lambda movie: len(movie.genre) == CREDIT_LENGTH, id="longest genre"),
        # RFC 2606, section 2: there is no such host.
        pytest.param(lambda movie: ".invalid/" in movie.poster, id="no such poster"),
    ],
)
def test_the_first_pages_have_what_clients_forget(
    movies: list[CatalogueMovie], is_odd: Callable[[CatalogueMovie], object]
) -> None:
    assert any(is_odd(movie) for movie in movies[: 3 * PAGE_SIZE])


def test_has_two_films_of_one_title_and_a_genre_and_a_director_without_films(
    movies: list[CatalogueMovie],
) -> None:
    catalogue, titles = seeded_catalogue(LABORATORY), [movie.title for movie in movies]
    assert titles.count("Twins") == 2
    assert set(catalogue.genres) - {movie.genre for movie in movies} == {"Silent opera"}
    assert "1" in catalogue.directors.keys() - {movie.director_id for movie in movies}

"""The seeded catalogue of the laboratory is deterministic and covers the edge cases of clients."""

import re
from collections.abc import Callable
from unicodedata import bidirectional, combining

import pytest

from constants import CREDIT_LENGTH, DESCRIPTION_LENGTH, PAGE_SIZE, TITLE_LENGTH
from helpers.catalogue import CatalogueMovie, seeded_catalogue
from helpers.catalogue.youtube import canonical_url
from tests.support.servers import ROOT

LABORATORY = ROOT / "data" / "laboratory.toml"
ODD: dict[str, Callable[[CatalogueMovie], object]] = {
    "longest title": lambda movie: len(movie.title) == TITLE_LENGTH,
    "one letter": lambda movie: len(movie.title) == 1,
    "punctuation": lambda movie: re.fullmatch(r"\W+", movie.title),
    "markup": lambda movie: "<script>" in movie.title,
    "combining marks": lambda movie: any(map(combining, movie.title)),
    "emoji": lambda movie: "\N{ZERO WIDTH JOINER}" in movie.title,
    "right to left": lambda movie: bidirectional(movie.title[0]) == "R",
    "Arabic": lambda movie: bidirectional(movie.title[0]) == "AL",
    "no trailer": lambda movie: not movie.trailer,
    "no rating": lambda movie: movie.rating is None,
    "lowest rating": lambda movie: movie.rating == 0,
    "no description": lambda movie: not movie.description,
    "longest description": lambda movie: len(movie.description) == DESCRIPTION_LENGTH,
    "first year": lambda movie: movie.year == 1,
    "longest genre": lambda movie: len(movie.genre) == CREDIT_LENGTH,
    # RFC 2606, section 2, reserves this domain, so no such host exists.
    "no such poster": lambda movie: ".invalid/" in movie.poster,
}


@pytest.fixture(scope="module")
def movies() -> list[CatalogueMovie]:
    return list(seeded_catalogue(LABORATORY).movies)


def test_is_the_same_each_time(movies: list[CatalogueMovie]) -> None:
    catalogue = seeded_catalogue(LABORATORY)
    assert (list(catalogue.movies), catalogue.size) == (movies, len(movies))


def test_has_a_hundred_pages_and_the_last_one_is_not_full(movies: list[CatalogueMovie]) -> None:
    assert 99 * PAGE_SIZE < len(movies) < 100 * PAGE_SIZE


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


@pytest.mark.parametrize("oddity", ODD)
def test_the_first_pages_have_what_clients_forget(
    movies: list[CatalogueMovie], oddity: str
) -> None:
    assert any(map(ODD[oddity], movies[: 3 * PAGE_SIZE]))


def test_has_two_films_of_one_title_and_a_genre_and_a_director_without_films(
    movies: list[CatalogueMovie],
) -> None:
    catalogue, titles = seeded_catalogue(LABORATORY), [movie.title for movie in movies]
    assert titles.count("Twins") == 2
    assert set(catalogue.genres) - {movie.genre for movie in movies} == {"Silent opera"}
    assert "1" in catalogue.directors.keys() - {movie.director_id for movie in movies}

from __future__ import annotations

from dataclasses import replace
from typing import Any
from unittest.mock import Mock

import pytest

from dao.catalogue import CatalogueDAO
from helpers.catalogue import Catalogue, Film
from service.catalogue import CatalogueService, LoadReport
from tests.service.doubles import Clock, RecordingTransaction, double_of

SOLARIS = Film(
    external_id="1",
    title="Солярис Ё",
    description="An ocean thinks.",
    trailer="",
    year=1972,
    rating=8.1,
    genre="Drama",
    director_id="3",
)
CATALOGUE = Catalogue("demo", ["Drama", "Comedy"], {"3": "Tarkovsky"}, [SOLARIS])


@pytest.fixture
def rows() -> Mock:
    """A catalogue of 10 films, and of 11 after the next load."""
    double = double_of(CatalogueDAO)
    double.count.side_effect = [10, 11]
    double.put_genres.return_value = {"Drama": 100, "Comedy": 200}
    double.put_directors.return_value = {"3": 300, "4": 400}
    return double


@pytest.fixture
def service(rows: Mock, transaction: RecordingTransaction) -> CatalogueService:
    return CatalogueService(transaction.watch("rows", rows), transaction, Clock(1_700))


def loaded(rows: Mock) -> list[dict[str, Any]]:
    """The rows of films that were put."""
    films: list[dict[str, Any]] = rows.put_movies.call_args.args[0]
    return films


@pytest.mark.parametrize("answer", [True, False])
def test_knows_whether_it_is_empty(service: CatalogueService, rows: Mock, answer: bool) -> None:
    rows.is_empty.return_value = answer
    assert service.is_empty() is answer


def test_loads_the_genres(service: CatalogueService, rows: Mock) -> None:
    service.load(CATALOGUE)
    rows.put_genres.assert_called_once_with(["Drama", "Comedy"])


def test_loads_the_directors_of_the_source(service: CatalogueService, rows: Mock) -> None:
    service.load(CATALOGUE)
    rows.put_directors.assert_called_once_with("demo", {"3": "Tarkovsky"})


def test_loads_a_film_with_our_ids_its_source_and_a_title_to_sort_by(
    service: CatalogueService, rows: Mock
) -> None:
    service.load(CATALOGUE)
    assert loaded(rows) == [
        {
            "source": "demo",
            "external_id": "1",
            "title": "Солярис Ё",
            "folded_title": "солярис е",
            "description": "An ocean thinks.",
            "trailer": "",
            "year": 1972,
            "rating": 8.1,
            "genre_id": 100,
            "director_id": 300,
        }
    ]


def test_gives_each_film_its_own_genre_and_director(service: CatalogueService, rows: Mock) -> None:
    other = replace(SOLARIS, external_id="2", genre="Comedy", director_id="4")
    service.load(replace(CATALOGUE, films=[SOLARIS, other]))
    found = [(row["external_id"], row["genre_id"], row["director_id"]) for row in loaded(rows)]
    assert found == [("1", 100, 300), ("2", 200, 400)]


def test_reports_how_many_films_it_has_read_and_how_many_were_new(
    service: CatalogueService,
) -> None:
    other = replace(SOLARIS, external_id="2")
    report = service.load(replace(CATALOGUE, films=[SOLARIS, other]))
    assert report == LoadReport(read=2, added=1)


def test_loads_everything_in_one_transaction(
    service: CatalogueService, transaction: RecordingTransaction
) -> None:
    service.load(CATALOGUE)
    assert transaction.log == [
        "begin",
        "rows.count",
        "rows.put_genres",
        "rows.put_directors",
        "rows.put_movies",
        "rows.count",
        "rows.publish",
        "commit",
    ]


def test_keeps_nothing_of_a_load_that_fails(
    service: CatalogueService, rows: Mock, transaction: RecordingTransaction
) -> None:
    rows.put_movies.side_effect = ConnectionError
    with pytest.raises(ConnectionError):
        service.load(CATALOGUE)
    assert transaction.committed == []

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from dao.catalogue import CatalogueDAO
from dao.models import Director, Genre, Movie
from tests.builders import a_director, a_genre, a_movie, save


@pytest.fixture
def catalogue(session: Session) -> CatalogueDAO:
    return CatalogueDAO(session)


@pytest.fixture
def film(session: Session) -> dict[str, Any]:
    """The columns of a film whose genre and director are there."""
    genre, director = a_genre(), a_director()
    save(session, genre, director)
    return {
        "source": "demo",
        "external_id": "1",
        "title": "Solaris",
        "folded_title": "solaris",
        "description": "An ocean thinks.",
        "trailer": "",
        "year": 1972,
        "rating": 8.0,
        "genre_id": genre.id,
        "director_id": director.id,
    }


def movie_ids(session: Session) -> list[int]:
    return list(session.scalars(select(Movie.id).order_by(Movie.id)))


def names(session: Session, model: type[Genre] | type[Director]) -> list[str]:
    return sorted(session.scalars(select(model.name)))


def test_is_empty_without_a_film(session: Session, catalogue: CatalogueDAO) -> None:
    save(session, a_genre(), a_director())
    assert catalogue.is_empty() is True


def test_is_not_empty_with_a_film(session: Session, catalogue: CatalogueDAO) -> None:
    save(session, a_movie())
    assert catalogue.is_empty() is False


def test_counts_the_films(session: Session, catalogue: CatalogueDAO) -> None:
    genre = a_genre()
    save(session, *(a_movie(genre=genre) for _ in range(3)))
    assert catalogue.count() == 3


def test_counts_no_film_in_an_empty_catalogue(catalogue: CatalogueDAO) -> None:
    assert catalogue.count() == 0


def test_adds_each_genre_once(session: Session, catalogue: CatalogueDAO) -> None:
    catalogue.put_genres(["Drama", "Comedy", "Drama"])
    assert names(session, Genre) == ["Comedy", "Drama"]


def test_returns_the_ids_of_genres_by_name(session: Session, catalogue: CatalogueDAO) -> None:
    ids = catalogue.put_genres(["Drama", "Comedy"])
    assert {session.get_one(Genre, ids[name]).name for name in ids} == {"Drama", "Comedy"}


def test_keeps_the_ids_of_genres_that_are_there(session: Session, catalogue: CatalogueDAO) -> None:
    before = catalogue.put_genres(["Drama", "Comedy"])
    after = catalogue.put_genres(["Western", "Comedy", "Drama"])
    assert {name: after[name] for name in before} == before


def test_keeps_genres_that_a_file_does_not_have(session: Session, catalogue: CatalogueDAO) -> None:
    catalogue.put_genres(["Drama"])
    catalogue.put_genres([])
    assert names(session, Genre) == ["Drama"]


def test_returns_the_ids_of_directors_by_the_ids_of_the_source(
    session: Session, catalogue: CatalogueDAO
) -> None:
    ids = catalogue.put_directors("demo", {"7": "Tarkovsky", "8": "Bergman"})
    found = {external_id: session.get_one(Director, ids[external_id]).name for external_id in ids}
    assert found == {"7": "Tarkovsky", "8": "Bergman"}


def test_keeps_the_ids_of_directors_that_are_loaded_again(catalogue: CatalogueDAO) -> None:
    before = catalogue.put_directors("demo", {"7": "Tarkovsky", "8": "Bergman"})
    assert catalogue.put_directors("demo", {"8": "Bergman", "7": "Tarkovsky"}) == before


def test_renames_a_director(session: Session, catalogue: CatalogueDAO) -> None:
    catalogue.put_directors("demo", {"7": "A. Tarkovsky"})
    catalogue.put_directors("demo", {"7": "Andrei Tarkovsky"})
    assert names(session, Director) == ["Andrei Tarkovsky"]


def test_keeps_two_directors_of_one_name_apart(session: Session, catalogue: CatalogueDAO) -> None:
    catalogue.put_directors("demo", {"7": "Steve McQueen", "8": "Steve McQueen"})
    assert names(session, Director) == ["Steve McQueen", "Steve McQueen"]


def test_takes_the_same_id_of_another_source_for_another_director(
    session: Session, catalogue: CatalogueDAO
) -> None:
    catalogue.put_directors("demo", {"7": "Tarkovsky"})
    catalogue.put_directors("imdb", {"7": "Bergman"})
    assert names(session, Director) == ["Bergman", "Tarkovsky"]


def test_returns_directors_of_this_source_alone(catalogue: CatalogueDAO) -> None:
    catalogue.put_directors("demo", {"7": "Tarkovsky", "8": "Bergman"})
    assert list(catalogue.put_directors("imdb", {"7": "Fellini"})) == ["7"]


def test_adds_a_film(session: Session, catalogue: CatalogueDAO, film: dict[str, Any]) -> None:
    catalogue.put_movies([film])
    [row] = session.execute(select(*Movie.__table__.columns)).mappings().all()
    assert dict(row) == {**film, "id": row["id"], "favorites_count": 0}


def test_updates_a_film_that_is_loaded_again(
    session: Session, catalogue: CatalogueDAO, film: dict[str, Any]
) -> None:
    catalogue.put_movies([film])
    [before] = movie_ids(session)
    changed = {**film, "title": "Солярис", "folded_title": "солярис", "rating": None, "year": 1973}
    catalogue.put_movies([changed])
    [row] = session.execute(select(*Movie.__table__.columns)).mappings().all()
    assert dict(row) == {**changed, "id": before, "favorites_count": 0}


def test_keeps_the_ids_of_films_that_are_loaded_again(
    session: Session, catalogue: CatalogueDAO, film: dict[str, Any]
) -> None:
    catalogue.put_movies([film, {**film, "external_id": "2"}])
    before = movie_ids(session)
    catalogue.put_movies([{**film, "external_id": "2"}, film])
    assert movie_ids(session) == before


def test_keeps_the_number_of_favorites_of_a_film_that_is_loaded_again(
    session: Session, catalogue: CatalogueDAO, film: dict[str, Any]
) -> None:
    save(session, a_movie(source="demo", external_id="1", favorites_count=5))
    catalogue.put_movies([film])
    assert session.execute(select(Movie.title, Movie.favorites_count)).all() == [("Solaris", 5)]


def test_keeps_films_that_a_file_no_longer_has(
    session: Session, catalogue: CatalogueDAO, film: dict[str, Any]
) -> None:
    catalogue.put_movies([film, {**film, "external_id": "2"}])
    before = movie_ids(session)
    catalogue.put_movies([])
    assert movie_ids(session) == before


def test_takes_the_same_id_of_another_source_for_another_film(
    session: Session, catalogue: CatalogueDAO, film: dict[str, Any]
) -> None:
    catalogue.put_movies([film])
    catalogue.put_movies([{**film, "source": "imdb", "title": "Stalker"}])
    assert session.scalars(select(Movie.title).order_by(Movie.id)).all() == ["Solaris", "Stalker"]


@pytest.mark.parametrize(
    "column",
    [{"year": 0}, {"year": 10_000}, {"rating": -0.1}, {"rating": 10.1}, {"title": None}],
)
def test_refuses_a_film_that_cannot_be(
    catalogue: CatalogueDAO, film: dict[str, Any], column: dict[str, Any]
) -> None:
    with pytest.raises(IntegrityError):
        catalogue.put_movies([{**film, **column}])


@pytest.mark.parametrize(
    "column", [{"year": 1}, {"year": 9_999}, {"rating": 0.0}, {"rating": 10.0}, {"rating": None}]
)
def test_takes_a_film_at_the_edge_of_what_can_be(
    session: Session, catalogue: CatalogueDAO, film: dict[str, Any], column: dict[str, Any]
) -> None:
    catalogue.put_movies([{**film, **column}])
    assert session.execute(select(Movie.year, Movie.rating)).one() == (
        {**film, **column}["year"],
        {**film, **column}["rating"],
    )

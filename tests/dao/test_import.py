from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import Engine, func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from dao.catalogue import CatalogueStateDAO
from dao.favorite import FavoriteDAO
from dao.lists.movies import MovieFilter
from dao.models import Director, Favorite, Genre, ListState, Movie
from dao.movie import MovieDAO
from implemented import build_importer
from service.catalogue_import import Report
from setup_db import session_without_timeouts
from tests.dao.importing import a_catalogue, a_film, load, many, quietly
from tests.support.builders import a_movie, new_users, save


def films(session: Session) -> dict[tuple[str, str], dict[str, Any]]:
    """What the catalogue says of each film, by source and external id."""
    session.rollback()
    rows = session.execute(
        select(*Movie.__table__.columns, Genre.name.label("genre"), Director.name.label("director"))
        .join(Genre, Genre.id == Movie.genre_id)
        .join(Director, Director.id == Movie.director_id)
        .order_by(Movie.id)
    )
    return {(row.source, row.external_id): dict(row._mapping) for row in rows}


def names(session: Session, model: type[Genre] | type[Director]) -> list[str]:
    session.rollback()
    return list(session.scalars(select(model.name).order_by(model.id)))


def collections(session: Session) -> dict[str, tuple[int, int, int | None]]:
    session.rollback()
    rows = session.execute(select(*ListState.__table__.columns))
    return {row.name: (row.revision, row.total, row.visible_up_to) for row in rows}


def revision(session: Session) -> int:
    return CatalogueStateDAO(session.get_bind().engine).revision()


def titles(session: Session) -> list[str]:
    return [film["title"] for film in films(session).values()]


def test_adds_a_film_with_all_that_is_known_of_it(session: Session, engine: Engine) -> None:
    report = load(engine, a_film(title="Солярис Ё", trailer="https://…"))
    assert report == Report(read=1, added=1, updated=0, skipped=report.skipped)
    [film] = films(session).values()
    ids = ("id", "genre_id", "director_id")
    assert {name: value for name, value in film.items() if name not in ids} == {
        "source": "demo",
        "external_id": "1",
        "title": "Солярис Ё",
        "folded_title": "солярис е",
        "description": "An ocean thinks.",
        "trailer": "https://…",
        "year": 1972,
        "rating": 8.0,
        "favorites_count": 0,
        "genre": "Drama",
        "director": "Director 7",
    }


def test_keeps_the_order_of_the_file(session: Session, engine: Engine) -> None:
    load(engine, *(a_film(str(number), title=f"{number}") for number in (3, 1, 2)))
    assert titles(session) == ["3", "1", "2"]


def test_knows_how_many_there_are(session: Session, engine: Engine) -> None:
    load(engine, *many(10), genres=["Comedy", "Drama"])
    known = {name: (total, last) for name, (_, total, last) in collections(session).items()}
    assert known == {"genres": (2, None), "directors": (7, None), "movies": (10, None)}


def test_adds_genres_and_directors_that_no_film_has(session: Session, engine: Engine) -> None:
    load(engine, genres=["Comedy"], directors={"1": "Bergman"})
    assert (names(session, Genre), names(session, Director)) == (["Comedy"], ["Bergman"])


def test_loads_more_than_one_batch(session: Session, engine: Engine) -> None:
    report = load(engine, *many(12_345))
    assert report.added == 12_345
    assert titles(session) == [f"Film {number}" for number in range(12_345)]


def test_loading_again_changes_nothing(session: Session, engine: Engine) -> None:
    load(engine, *many(30), a_film("r", rating=None))
    before, known = films(session), collections(session)

    report = load(engine, *many(30), a_film("r", rating=None))

    assert (report.read, report.added, report.updated, report.unchanged) == (31, 0, 0, 31)
    assert films(session) == before
    assert collections(session) == known


@pytest.mark.parametrize(
    "changes",
    [
        {"title": "Солярис"},
        {"description": ""},
        {"trailer": "https://…"},
        {"year": 1973},
        {"rating": 8.1},
        {"rating": None},
        {"genre": "Comedy"},
        {"director_id": "8"},
        {"title": "X", "rating": 1.0, "genre": "Comedy", "director_id": "8"},
    ],
    ids=str,
)
def test_updates_what_has_changed(
    session: Session, engine: Engine, changes: dict[str, Any]
) -> None:
    load(engine, a_film("0", director_id="8"), a_film())
    before, old_revision = films(session), revision(session)

    report = load(engine, a_film(**changes), a_film("0", director_id="8"))

    assert (report.added, report.updated, report.unchanged) == (0, 1, 1)
    assert revision(session) > old_revision
    after = films(session)
    assert after["demo", "0"] == before["demo", "0"]
    load_alone = {**before["demo", "1"], **changes}
    load_alone.pop("director_id")
    found = {name: after["demo", "1"][name] for name in load_alone}
    load_alone["folded_title"] = load_alone["title"].casefold()
    load_alone["director"] = "Director " + changes.get("director_id", "7")
    load_alone["genre_id"] = found["genre_id"]
    assert found == load_alone


def test_gives_a_film_that_had_no_rating_one(session: Session, engine: Engine) -> None:
    load(engine, a_film(rating=None))
    assert load(engine, a_film(rating=5.0)).updated == 1
    assert films(session)["demo", "1"]["rating"] == 5.0


def test_updates_a_title_where_it_is_looked_for(session: Session, engine: Engine) -> None:
    load(engine, a_film(), a_film("2", title="Mirror"))
    load(engine, a_film(title="Stalker"))
    found = [
        [row[1] for row in MovieDAO(session).find(MovieFilter(title_part=part)).rows]
        for part in ("solar", "stalk", "mirror")
    ]
    assert found == [[], ["Stalker"], ["Mirror"]]


def test_renames_a_director(session: Session, engine: Engine) -> None:
    load(engine, a_film(), directors={"7": "A. Tarkovsky"})
    old_revision = revision(session)
    report = load(engine, a_film(), directors={"7": "Andrei Tarkovsky"})
    assert report.unchanged == 1
    assert names(session, Director) == ["Andrei Tarkovsky"]
    assert revision(session) > old_revision


def test_keeps_what_a_file_no_longer_has(session: Session, engine: Engine) -> None:
    load(engine, a_film(), a_film("2", title="Mirror"))
    assert load(engine, a_film()).read == 1
    assert titles(session) == ["Solaris", "Mirror"]


def test_keeps_two_directors_of_one_name_apart(session: Session, engine: Engine) -> None:
    people = {"7": "Steve McQueen", "8": "Steve McQueen"}
    for _ in range(2):
        load(engine, a_film(), a_film("2", director_id="8"), directors=people)
    assert names(session, Director) == ["Steve McQueen", "Steve McQueen"]
    directors = {film["director_id"] for film in films(session).values()}
    assert len(directors) == 2


def test_takes_the_same_ids_of_another_source_for_others(session: Session, engine: Engine) -> None:
    load(engine, a_film())
    report = load(engine, a_film(title="Stalker"), source="imdb")
    assert report.added == 1
    assert titles(session) == ["Solaris", "Stalker"]
    assert names(session, Director) == ["Director 7", "Director 7"]


def test_genres_are_one_by_name(session: Session, engine: Engine) -> None:
    load(engine, a_film())
    load(engine, a_film(), source="imdb")
    assert names(session, Genre) == ["Drama"]


def test_keeps_ids_favorites_and_their_number(session: Session, engine: Engine) -> None:
    load(engine, a_film(), a_film("2"))
    [user] = new_users(session, 1)
    ids = [film["id"] for film in films(session).values()]
    FavoriteDAO(session).add(user, ids[0], 1)
    session.commit()

    load(engine, a_film("2", rating=1.0), a_film(title="X", rating=1.0))

    after = films(session).values()
    assert [(film["id"], film["favorites_count"]) for film in after] == [(ids[0], 1), (ids[1], 0)]
    assert session.scalars(select(Favorite.movie_id)).all() == [ids[0]]


def test_leaves_other_films_alone(session: Session, engine: Engine) -> None:
    save(session, a_movie(title="Ours", external_id="1"))
    load(engine, a_film())
    assert titles(session) == ["Ours", "Solaris"]


def test_skips_no_id_when_it_is_loaded_again(session: Session, engine: Engine) -> None:
    for _ in range(3):
        load(engine, *many(20))
    load(engine, a_film("new"))
    ids = [film["id"] for film in films(session).values()]
    assert ids == list(range(ids[0], ids[0] + 21))


@pytest.mark.parametrize("column", [{"year": 0}, {"rating": 10.1}], ids=str)
def test_a_film_that_cannot_be_leaves_the_old_catalogue(
    session: Session, engine: Engine, column: dict[str, Any]
) -> None:
    load(engine, a_film())
    before = films(session)
    with pytest.raises(IntegrityError):
        load(engine, *many(600), a_film("x", **column))
    movies = MovieDAO(session).find(MovieFilter())
    assert [row[1] for row in movies.rows] == [film["title"] for film in before.values()]
    assert load(engine, *many(600)).added == 599  # One is there already.


def test_a_dry_run_tells_what_would_be_done_and_does_nothing(
    session: Session, engine: Engine
) -> None:
    load(engine, a_film(), a_film("2"), a_film("3"))
    before, known = films(session), collections(session)

    with session_without_timeouts(engine) as own:
        given = a_catalogue(a_film("3", genre="New"), a_film("4", director_id="9"), a_film("2"))
        report = build_importer(own).compare(given, quietly)

    assert (report.read, report.added, report.updated, report.unchanged) == (3, 1, 1, 1)
    assert films(session) == before
    assert collections(session) == known
    assert session.scalar(select(func.count(Genre.id))) == 1

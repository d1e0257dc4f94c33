"""What an import adds, changes and leaves; `test_movie_fields.py` follows each field of a film."""

from typing import Any

import pytest
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from dao.favorite import FavoriteDAO
from dao.lists import MovieFilter
from dao.models import Director, Favorite, Genre, Movie
from dao.movie import MovieDAO
from tests.dao.importing import (
    a_catalogue,
    a_film,
    compare,
    is_newer,
    load,
    many,
    names,
    states,
    titles,
)
from tests.dao.rows import titles as titles_of
from tests.support.builders import new_users


def films(session: Session) -> list[dict[str, Any]]:
    """What the catalogue says of each film, in the order in which they were added."""
    session.rollback()
    rows = session.execute(
        select(*Movie.__table__.columns, Genre.name.label("genre"), Director.name.label("director"))
        .join(Genre, Genre.id == Movie.genre_id)
        .join(Director, Director.id == Movie.director_id)
        .order_by(Movie.id)
    )
    return [dict(row._mapping) for row in rows]


def test_loads_more_than_one_batch_in_the_order_of_the_file(
    session: Session, engine: Engine
) -> None:
    numbers = [7, 3, *range(100, 12_343)]
    assert load(engine, *(a_film(f"{n}", title=f"{n}") for n in numbers)).added == 12_245
    assert titles(session) == [f"{number}" for number in numbers]


def test_loading_again_changes_nothing(session: Session, engine: Engine) -> None:
    load(engine, *many(30), a_film("r", rating=None))
    before, state = films(session), states(session)
    report = load(engine, *many(30), a_film("r", rating=None))
    assert (report.read, report.added, report.updated, report.unchanged) == (31, 0, 0, 31)
    assert (films(session), states(session)) == (before, state)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ({}, {"genre": "Comedy"}),
        ({}, {"director_id": "8"}),
        ({}, {"rating": None}),
        ({"rating": None}, {"rating": 5.0}),
        ({}, {"title": "X", "rating": 1.0, "genre": "Comedy", "director_id": "8"}),
    ],
    ids=str,
)
def test_updates_what_has_changed_and_nothing_else(
    session: Session, engine: Engine, old: dict[str, Any], new: dict[str, Any]
) -> None:
    load(engine, a_film("0", director_id="8"), a_film(**old))
    state, [other, before] = states(session), films(session)

    report = load(engine, a_film(**{**old, **new}), a_film("0", director_id="8"))

    assert (report.added, report.updated, report.unchanged) == (0, 1, 1)
    assert is_newer(states(session), state)
    [unchanged, after] = films(session)
    expected = {**before, **new, "director": f"Director {new.get('director_id', '7')}"}
    expected |= {name: after[name] for name in ("genre_id", "director_id", "folded_title")}
    assert (unchanged, after) == (other, expected)


def test_updates_a_title_where_it_is_looked_for(session: Session, engine: Engine) -> None:
    load(engine, a_film(), a_film("2", title="Mirror"))
    load(engine, a_film(title="Stalker"))
    found = [
        titles_of(MovieDAO(session).find(MovieFilter(title_part=part)))
        for part in ("solar", "stalk", "mirror")
    ]
    assert found == [[], ["Stalker"], ["Mirror"]]


def test_renames_a_director(session: Session, engine: Engine) -> None:
    load(engine, a_film(), directors={"7": "andrei tarkovsky"})
    state = states(session)
    assert load(engine, a_film(), directors={"7": "Andrei Tarkovsky"}).unchanged == 1
    assert names(session, Director) == ["Andrei Tarkovsky"]
    assert is_newer(states(session), state)


def test_keeps_what_a_file_no_longer_has(session: Session, engine: Engine) -> None:
    load(engine, a_film(), a_film("2", title="Mirror"))
    assert load(engine, a_film()).read == 1
    assert titles(session) == ["Solaris", "Mirror"]


def test_another_source_has_ids_of_its_own_and_the_same_genres(
    session: Session, engine: Engine
) -> None:
    for source in ("demo", "imdb"):
        assert load(engine, a_film(title=source), source=source).added == 1
    assert titles(session) == ["demo", "imdb"]
    assert names(session, Director) == ["Director 7", "Director 7"]
    assert names(session, Genre) == ["Drama"]


def test_keeps_ids_favorites_and_their_number(session: Session, engine: Engine) -> None:
    load(engine, a_film(), a_film("2"))
    [user] = new_users(session, 1)
    ids = [film["id"] for film in films(session)]
    FavoriteDAO(session).add(user, ids[0], 1)
    session.commit()

    load(engine, a_film("2", rating=1.0), a_film(title="X", rating=1.0))

    after = [(film["id"], film["favorites_count"]) for film in films(session)]
    assert after == [(ids[0], 1), (ids[1], 0)]
    assert session.scalars(select(Favorite.movie_id)).all() == [ids[0]]


def test_skips_no_id_when_it_is_loaded_again(session: Session, engine: Engine) -> None:
    for _ in range(3):
        load(engine, *many(20))
    load(engine, a_film("new"))
    ids = [film["id"] for film in films(session)]
    assert ids == list(range(ids[0], ids[0] + 21))


def test_a_dry_run_tells_what_would_be_done_and_does_nothing(
    session: Session, engine: Engine
) -> None:
    load(engine, a_film(), a_film("2"), a_film("3"))
    before, state = films(session), states(session)
    given = a_catalogue(a_film("3", genre="New"), a_film("4", director_id="9"), a_film("2"))
    report = compare(engine, given)

    assert (report.read, report.added, report.updated, report.unchanged) == (3, 1, 1, 1)
    assert (films(session), states(session)) == (before, state)
    assert names(session, Genre) == ["Drama"]

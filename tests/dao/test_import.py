"""What an import adds, changes and keeps. `test_movie_fields.py` tests every field of a film."""

from typing import Any

import pytest
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from dao.favorite import FavoriteDAO
from dao.models import Director, Favorite, Genre
from helpers.text import fold
from tests.dao.importing import (
    a_catalogue,
    a_film,
    compare,
    films,
    load,
    many,
    names,
    states,
    titles,
)
from tests.support.builders import new_users

pytestmark = pytest.mark.usefixtures("session")


def test_loads_more_than_one_batch_in_the_order_of_the_file(engine: Engine) -> None:
    numbers = [7, 3, *range(100, 2_100)]
    assert load(engine, *(a_film(f"{n}", title=f"{n}") for n in numbers)).added == 2_002
    assert titles(engine) == [f"{number}" for number in numbers]


def test_loading_again_changes_nothing(engine: Engine) -> None:
    load(engine, *many(30), a_film("r", rating=None))
    before, state = films(engine), states(engine)
    report = load(engine, *many(30), a_film("r", rating=None))
    assert (report.read, report.added, report.updated, report.unchanged) == (31, 0, 0, 31)
    assert (films(engine), states(engine)) == (before, state)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ({}, {"genre": "Comedy"}),
        ({}, {"director_id": "8"}),
        ({}, {"rating": None}),
        ({"rating": None}, {"rating": 5.0}),
        ({}, {"title": "Зеркало", "rating": 1.0, "genre": "Comedy", "director_id": "8"}),
    ],
    ids=str,
)
def test_updates_what_has_changed_and_nothing_else(
    engine: Engine, old: dict[str, Any], new: dict[str, Any]
) -> None:
    load(engine, a_film("0", director_id="8"), a_film(**old))
    state, [other, before] = states(engine), films(engine)

    report = load(engine, a_film(**{**old, **new}), a_film("0", director_id="8"))

    assert (report.added, report.updated, report.unchanged) == (0, 1, 1)
    assert states(engine)["movies"][0] > state["movies"][0]
    [unchanged, after] = films(engine)
    expected = {**before, **new, "director": f"Director {new.get('director_id', '7')}"}
    expected |= {"folded_title": fold(expected["title"])}
    expected |= {name: after[name] for name in ("genre_id", "director_id")}
    assert (unchanged, after) == (other, expected)


def test_renames_a_director(engine: Engine) -> None:
    load(engine, a_film(), directors={"7": "alejandro g. inarritu"})
    [(revision, *_), *_] = states(engine).values()
    assert load(engine, a_film(), directors={"7": "Лёв Кулиджанов"}).unchanged == 1
    assert names(engine, Director) == {"Лёв Кулиджанов": "лев кулиджанов"}
    assert load(engine, a_film(), directors={"7": "лев кулиджанов"}).unchanged == 1
    assert names(engine, Director) == {"лев кулиджанов": "лев кулиджанов"}
    assert {new > revision for new, *_ in states(engine).values()} == {True}


@pytest.mark.parametrize("spelling", [" SCI  FI ", "Ｓｃｉ\u2011Fí"])
def test_another_spelling_of_a_genre_is_the_same_genre(engine: Engine, spelling: str) -> None:
    load(engine, a_film("1", genre="Sci-Fi"), a_film("2", genre=spelling))
    report = load(engine, a_film("2", genre=spelling), a_film("3", genre=spelling))
    assert (report.added, report.updated) == (1, 0)
    assert names(engine, Genre) == {"Sci-Fi": "sci fi"}
    assert [film["genre"] for film in films(engine)] == ["Sci-Fi"] * 3


def test_another_source_has_ids_of_its_own_and_the_same_genres(engine: Engine) -> None:
    for source in ("demo", "imdb"):
        assert load(engine, a_film(title=source), source=source).added == 1
    [first, second] = films(engine)
    assert (first["title"], second["title"]) == ("demo", "imdb")
    assert first["director_id"] != second["director_id"]
    assert first["genre_id"] == second["genre_id"]


def test_keeps_ids_favorites_and_what_a_file_no_longer_has(
    session: Session, engine: Engine
) -> None:
    load(engine, a_film(), a_film("2"), a_film("3", title="Mirror"))
    [user] = new_users(session, 1)
    ids = [film["id"] for film in films(engine)]
    FavoriteDAO(session).add(user, ids[0], 1)
    session.commit()

    assert load(engine, a_film("2", rating=1.0), a_film(title="X", rating=1.0)).read == 2

    after = [(film["id"], film["title"], film["favorites_count"]) for film in films(engine)]
    assert after == [(ids[0], "X", 1), (ids[1], "Solaris", 0), (ids[2], "Mirror", 0)]
    assert session.scalars(select(Favorite.movie_id)).all() == [ids[0]]


def test_skips_no_id_when_it_is_loaded_again(engine: Engine) -> None:
    for _ in range(3):
        load(engine, *many(20))
    load(engine, a_film("new"))
    ids = [film["id"] for film in films(engine)]
    assert ids == list(range(ids[0], ids[0] + 21))


def test_a_dry_run_tells_what_would_be_done_and_does_nothing(engine: Engine) -> None:
    load(engine, a_film(), a_film("2"), a_film("3"))
    before, state = films(engine), states(engine)
    given = a_catalogue(a_film("3", genre="New"), a_film("4", director_id="9"), a_film("2"))
    report = compare(engine, given)

    assert (report.read, report.added, report.updated, report.unchanged) == (3, 1, 1, 1)
    assert (films(engine), states(engine)) == (before, state)
    assert list(names(engine, Genre)) == ["Drama"]

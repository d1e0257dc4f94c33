"""What others see of an import while it is running, and after it has stopped before its end."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import Engine, func, select
from sqlalchemy.orm import Session

from dao.base import MissingReference, Window
from dao.catalogue import CatalogueStateDAO
from dao.favorite import FavoriteDAO
from dao.lists.movies import MovieFilter
from dao.models import Director, Favorite, Genre, Movie, User
from dao.movie import MovieDAO
from dao.reference import ReferenceDAO
from dao.user import UserDAO
from implemented import build_importer
from setup_db import session_without_timeouts, transaction
from tests.dao.importing import a_catalogue, a_film, load, load_all, many
from tests.support.builders import new_users

STEPS = ("Checking films", "Comparing", "Adding directors", "Adding films", "Publishing")

# Old films with other ratings, and new ones with new genres and directors.
UPDATE = a_catalogue(
    *many(30, rating=1.0),
    *(a_film(f"n{number}", genre=f"G{number % 3}", director_id="d") for number in range(2000)),
)


def seen(engine: Engine) -> dict[str, Any]:
    """All that can be asked of the catalogue."""
    with Session(engine) as own:
        movies, window = MovieDAO(own), Window(0, 5)
        found = {
            "all": movies.find(MovieFilter()),
            "page": movies.find(MovieFilter(), "newest", window),
            "title": movies.find(MovieFilter(title_part="solaris"), "rating"),
            "year": movies.find(MovieFilter(year=1972), window=window),
            "genres": ReferenceDAO(own, Genre).find(),
            "directors": ReferenceDAO(own, Director).find(window),
        }
        rows = {name: (list(map(tuple, f.rows)), f.total) for name, f in found.items()}
        visible_up_to = own.scalar(select(func.max(Movie.id)))
        is_last_there = movies.get(visible_up_to or 0) is not None
        state = CatalogueStateDAO(engine)
        revision, is_empty = state.revision(), state.is_empty()
        if not is_last_there:
            visible_up_to = None
        return {**rows, "revision": revision, "empty": is_empty, "last film": visible_up_to}


def is_hidden(engine: Engine) -> bool:
    """Whether there are films that may not be seen."""
    with Session(engine) as own:
        total = own.scalar(select(func.count(Movie.id)))
        return total != MovieDAO(own).find(MovieFilter()).total


@pytest.mark.usefixtures("session")
def test_only_the_old_catalogue_is_seen_until_the_end(engine: Engine) -> None:
    load(engine, *many(30))
    old, hidden, steps = seen(engine), [], {}

    def look(step: str, done: int, total: int) -> None:
        if (step, done, total) != ("Publishing", 1, 1):
            now = {**seen(engine), "last film": old["last film"]}
            steps[step] = now == old
            hidden.append(is_hidden(engine))

    with session_without_timeouts(engine) as own:
        build_importer(own).load(UPDATE, look)

    assert steps == dict.fromkeys(STEPS, True)
    assert any(hidden)
    new = seen(engine)
    assert new["all"][1] == 2030
    assert new["revision"] > old["revision"]
    assert not is_hidden(engine)


@pytest.mark.parametrize("last_step", STEPS)
@pytest.mark.parametrize("number", [0, 30], ids=["first import", "update"])
@pytest.mark.usefixtures("session")
def test_an_import_that_stops_leaves_the_old_catalogue_whole_and_can_be_repeated(
    engine: Engine, last_step: str, number: int
) -> None:
    load(engine, *many(number))
    old = seen(engine)

    def stop(step: str, _done: int, _total: int) -> None:
        if step == last_step:
            raise ConnectionError

    with session_without_timeouts(engine) as own, pytest.raises(ConnectionError):
        build_importer(own).load(UPDATE, stop)
    now = seen(engine)
    assert now | {"last film": None} == old | {"last film": None}
    assert is_hidden(engine) == (last_step in STEPS[3:])

    report = load_all(engine, UPDATE)

    assert (report.added, report.updated) == (2030 - number, number)
    assert not is_hidden(engine)
    assert seen(engine)["all"][1] == 2030
    assert load_all(engine, UPDATE).unchanged == 2030


@pytest.mark.usefixtures("session")
def test_a_smaller_import_removes_what_an_unfinished_one_has_left(engine: Engine) -> None:
    load(engine, a_film())
    old = seen(engine)

    def stop(step: str, _done: int, _total: int) -> None:
        if step == "Publishing":
            raise ConnectionError

    with session_without_timeouts(engine) as own, pytest.raises(ConnectionError):
        build_importer(own).load(UPDATE, stop)
    load(engine, a_film())

    assert seen(engine) == old
    with Session(engine) as own:
        rows = [own.scalar(select(func.count(model.id))) for model in (Genre, Director, Movie)]
    assert rows == [1, 1, 1]


def test_favorites_and_accounts_change_between_all_steps(session: Session, engine: Engine) -> None:
    load(engine, *many(30))
    users = new_users(session, 30)
    films = list(session.scalars(select(Movie.id).order_by(Movie.id)))
    session.rollback()
    calls = iter(range(1000))

    def like(_step: str, _done: int, _total: int) -> None:
        number = next(calls) % 30
        with Session(engine) as other, transaction(other):
            favorites = FavoriteDAO(other)
            favorites.add(users[number], films[number], 1)
            favorites.add(users[number], films[0], 1)
            if number % 3 == 2:
                favorites.delete_all(users[number - 1])
                UserDAO(other).delete(users[number - 1])

    with session_without_timeouts(engine) as own:
        build_importer(own).load(UPDATE, like)

    rows = session.execute(select(Movie.id, Movie.favorites_count)).all()
    kept = dict(rows)
    counted = dict.fromkeys(kept, 0)
    for film in session.scalars(select(Favorite.movie_id)):
        counted[film] += 1
    assert kept == counted
    assert next(calls) > len(STEPS)


def test_a_genre_that_may_not_be_seen_yet_cannot_be_anybodys_favorite(
    session: Session, engine: Engine
) -> None:
    [user] = new_users(session, 1)
    refused = []

    def choose(step: str, _done: int, _total: int) -> None:
        with Session(engine) as other:
            genre = other.scalar(select(func.max(Genre.id)))
            if step == "Adding films" and genre:
                account = other.get_one(User, user)
                with pytest.raises(MissingReference):
                    UserDAO(other).update(account, favorite_genre_id=genre)
                refused.append(genre)

    with session_without_timeouts(engine) as own:
        build_importer(own).load(UPDATE, choose)
    assert refused

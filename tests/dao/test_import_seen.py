"""What other transactions see of an import that is running or was interrupted."""

from typing import Any

import pytest
from sqlalchemy import Engine, func, select
from sqlalchemy.orm import Session

from dao.base import MissingReference
from dao.catalogue import CatalogueStateDAO
from dao.lists import MovieFilter
from dao.models import Director, Genre, Movie
from dao.movie import MovieDAO
from dao.reference import ReferenceDAO
from dao.user import UserDAO
from helpers.catalogue import Catalogue, Progress
from tests.dao.importing import a_catalogue, a_film, importer, load, load_all, many
from tests.support.builders import new_users

pytestmark = pytest.mark.usefixtures("session")

STEPS = ("Checking films", "Comparing", "Adding directors", "Adding films", "Publishing")

# Old films with new ratings, and new films, genres and directors, in more than one batch.
UPDATE = a_catalogue(
    *many(30, rating=1.0),
    *(a_film(f"n{number}", genre=f"G{number % 3}", director_id="d") for number in range(600)),
)


def seen(engine: Engine) -> dict[str, Any]:
    """Return the contents of all lists, and the state of the catalogue."""
    with Session(engine) as own:
        found = {
            "movies": MovieDAO(own).find(MovieFilter()),
            "genres": ReferenceDAO(own, Genre).find(),
            "directors": ReferenceDAO(own, Director).find(),
        }
        lists = {name: (list(map(tuple, it.rows)), it.total) for name, it in found.items()}
    state = CatalogueStateDAO(engine)
    return {**lists, "revision": state.revision(), "is empty": state.is_empty()}


def has_invisible_rows(engine: Engine) -> bool:
    now = seen(engine)
    with Session(engine) as own:
        rows = [own.scalar(select(func.count(it.id))) for it in (Movie, Genre, Director)]
    return rows != [now[name][1] for name in ("movies", "genres", "directors")]


def watched(engine: Engine, catalogue: Catalogue, watch: Progress) -> None:
    """Import a catalogue and call `watch` between the steps."""
    with importer(engine) as imports:
        imports.load(catalogue, watch)


def stopped(engine: Engine, catalogue: Catalogue, last_step: str) -> None:
    """Interrupt an import when this step begins."""

    def stop(step: str, _done: int, _total: int) -> None:
        if step == last_step:
            raise ConnectionError

    with pytest.raises(ConnectionError):
        watched(engine, catalogue, stop)


def test_only_the_old_catalogue_is_seen_until_the_end(engine: Engine) -> None:
    load(engine, *many(30))
    old, invisible, steps = seen(engine), [], {}

    def look(step: str, done: int, total: int) -> None:
        if (step, done, total) != ("Publishing", 1, 1):
            steps[step] = seen(engine) == old
            invisible.append(has_invisible_rows(engine))

    watched(engine, UPDATE, look)

    assert steps == dict.fromkeys(STEPS, True)
    assert any(invisible)
    assert seen(engine)["movies"][1] == 630
    assert seen(engine)["revision"] > old["revision"]
    assert not has_invisible_rows(engine)


@pytest.mark.parametrize(
    ("number", "last_step"), [*((30, step) for step in STEPS), (0, "Publishing")]
)
def test_an_import_that_stops_leaves_the_old_catalogue_whole_and_can_be_repeated(
    engine: Engine, number: int, last_step: str
) -> None:
    load(engine, *many(number))
    old = seen(engine)

    stopped(engine, UPDATE, last_step)

    assert seen(engine) == old
    assert has_invisible_rows(engine) == (last_step in STEPS[2:])
    report = load_all(engine, UPDATE)
    assert (report.added, report.updated) == (630 - number, number)
    assert not has_invisible_rows(engine)
    assert load_all(engine, UPDATE).unchanged == 630


def test_a_genre_that_may_not_be_seen_yet_cannot_be_anybodys_favorite(
    session: Session, engine: Engine
) -> None:
    [user] = new_users(session, 1)
    stopped(engine, UPDATE, "Adding films")
    genre = session.scalar(select(func.max(Genre.id)))
    with pytest.raises(MissingReference):
        UserDAO(session).update(user, favorite_genre_id=genre)

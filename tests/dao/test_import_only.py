"""Refused imports of another catalogue, and imports that replace the whole catalogue."""

from typing import Any

import pytest
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from dao.favorite import FavoriteDAO
from dao.importing import Others
from dao.models import Director, Favorite, Genre, User
from helpers.catalogue import CatalogueMovie
from service.errors import Conflict
from service.importing import Report
from tests.dao.importing import (
    a_catalogue,
    a_film,
    compare,
    films,
    load,
    load_all,
    names,
    states,
    titles,
)
from tests.support.builders import a_user, save

pytestmark = pytest.mark.usefixtures("session")


def load_only(engine: Engine, *films: CatalogueMovie, **options: Any) -> Report:
    return load_all(engine, a_catalogue(*films, source="file"), only=True, **options)


def titled(*titles: str) -> list[CatalogueMovie]:
    """Return films with these titles, numbered from zero."""
    return [a_film(str(number), title=title) for number, title in enumerate(titles)]


def test_the_catalogue_becomes_exactly_the_file(session: Session, engine: Engine) -> None:
    load(engine, a_film("1", title="Other", genre="Comedy", director_id="1"))
    load(engine, a_film("1", title="Old", genre="Farce"), a_film("2", title="Kept"), source="file")
    [other, old, kept] = films(engine)
    user = a_user(favorite_genre_id=other["genre_id"])
    save(session, user)
    for film in (other, old, kept):
        FavoriteDAO(session).add(user.id, film["id"], created_at=1)
    session.commit()

    report = load_only(engine, a_film("2", title="Kept"), a_film("3", title="New"))

    assert (report.added, report.unchanged) == (1, 1)
    assert report.others == Others(movies=2, favorites=2, directors=1, genres=2)
    [kept_as_it_was, new] = films(engine)
    assert (kept_as_it_was, new["title"]) == ({**kept, "favorites_count": 1}, "New")
    assert (list(names(engine, Genre)), list(names(engine, Director))) == (
        ["Drama"],
        ["Director 7"],
    )
    assert session.scalars(select(User.favorite_genre_id)).one() is None
    assert session.scalars(select(Favorite.movie_id)).all() == [kept["id"]]
    known = {name: (total, last) for name, (_, total, last) in states(engine).items()}
    assert known == {"genres": (1, None), "directors": (1, None), "movies": (2, None)}


def test_genres_and_directors_of_the_file_stay_though_no_film_has_them(engine: Engine) -> None:
    given = a_catalogue(a_film(), genres=["Drama", "Noir"], directors={"7": "A", "8": "B"})
    load_all(engine, given)
    assert not load_all(engine, given, only=True).others.any
    assert list(names(engine, Genre)) == ["Drama", "Noir"]
    assert list(names(engine, Director)) == ["A", "B"]


def test_no_id_of_what_was_removed_is_used_again(engine: Engine) -> None:
    load(engine, a_film("1", genre="A", director_id="1"))
    [removed] = films(engine)
    load_only(engine)
    assert films(engine) == []
    load(engine, a_film("2", genre="B", director_id="2"))
    [added] = films(engine)
    for name in ("id", "genre_id", "director_id"):
        assert added[name] == removed[name] + 1


def test_a_removal_is_confirmed_first(engine: Engine) -> None:
    load(engine, a_film("1", title="Other"))
    told: list[Others] = []

    def refuse(others: Others) -> None:
        told.append(others)
        raise InterruptedError

    with pytest.raises(InterruptedError):
        load_only(engine, a_film(), confirm=refuse)
    report = compare(engine, a_catalogue(a_film(), source="file"), only=True)
    assert told == [report.others] == [Others(movies=1, directors=1)]
    assert titles(engine) == ["Other"]


def test_refuses_a_file_under_which_most_films_would_get_another_title(engine: Engine) -> None:
    load(engine, *titled("A", "B", "C", "D", "E"))
    others = a_catalogue(*titled("X", "Y", "Z", "D", "E", "F"))
    for examine in (load_all, compare):
        with pytest.raises(Conflict, match=r"^3 of the 5 films that this file updates would get"):
            examine(engine, others)
    assert titles(engine) == ["A", "B", "C", "D", "E"]

    load_all(engine, others, force=True)
    assert titles(engine) == ["X", "Y", "Z", "D", "E", "F"]


def test_another_spelling_of_a_title_is_no_other_title(engine: Engine) -> None:
    load(engine, *titled("Amélie", "ВАЛЛ·И", "Ёлки"))
    load(engine, *titled("amelie ", "валл-и", "Елки"))
    assert titles(engine) == ["amelie ", "валл-и", "Елки"]


@pytest.mark.parametrize("app", ["postgresql"], indirect=True)
def test_rows_that_go_are_locked_so_that_nothing_refers_to_them_any_more(
    engine: Engine, statements: list[str]
) -> None:
    load(engine, a_film("1", title="Other", genre="Comedy"))
    statements.clear()
    load_only(engine, a_film())
    changes = ("DELETE FROM favorites", "DELETE FROM movies", "UPDATE users", "DELETE FROM genres")
    sent = (it for it in statements if it.startswith(changes) or it.endswith("FOR UPDATE"))
    order = "\n".join(" ".join(statement.split()[:3]) for statement in sent)
    assert "SELECT movies.id FROM\nDELETE FROM favorites\nDELETE FROM movies" in order
    # A user may have chosen the genre before it was locked, so users are updated again.
    assert "UPDATE users SET\nSELECT genres.id FROM\nUPDATE users SET\nDELETE FROM genres" in order

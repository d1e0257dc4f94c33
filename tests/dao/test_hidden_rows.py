"""Rows that an import is still adding: nobody sees them before it is done."""

from __future__ import annotations

import pytest
from sqlalchemy import update
from sqlalchemy.orm import Session

from dao.base import Window
from dao.catalogue import CatalogueDAO, CatalogueStateDAO
from dao.lists.movies import MovieFilter
from dao.models import Director, Genre, ListState, Movie
from dao.movie import MovieDAO
from dao.reference import ReferenceDAO
from tests.dao.rows import names, titles
from tests.support.builders import a_director, a_genre, a_movie, save


@pytest.fixture
def seen(session: Session) -> Movie:
    """The one film of a catalogue to which an import is adding another one."""
    film = a_movie(title="A seen film", genre=a_genre(name="a"), director=a_director(name="a"))
    save(session, film)
    for name, visible_up_to in (
        ("movies", film.id),
        ("genres", film.genre_id),
        ("directors", film.director_id),
    ):
        session.execute(
            update(ListState).where(ListState.name == name).values(visible_up_to=visible_up_to)
        )
    session.add(a_movie(title="A hidden film", genre_id=film.genre_id, director=a_director()))
    session.add(a_movie(title="Another hidden film"))
    session.commit()
    session.expunge_all()
    return film


def hidden(session: Session, model: type[Genre | Director | Movie]) -> int:
    """The id of a row that the import has added last."""
    return max(session.query(model.id).all())[0]


@pytest.mark.parametrize("window", [None, Window(0, 12)])
@pytest.mark.parametrize("part", [None, "film", "a "])
@pytest.mark.parametrize("order", ["id", "newest", "rating", "title", "popular"])
def test_lists_count_and_hold_what_may_be_seen(
    session: Session, seen: Movie, order: str, part: str | None, window: Window | None
) -> None:
    found = MovieDAO(session).find(MovieFilter(title_part=part), order, window)
    assert (titles(found), found.total) == (["A seen film"], 1)


def test_filters_find_what_may_be_seen(session: Session, seen: Movie) -> None:
    found = MovieDAO(session).find(MovieFilter(genre_id=seen.genre_id))
    assert (titles(found), found.total) == (["A seen film"], 1)


@pytest.mark.usefixtures("seen")
@pytest.mark.parametrize("model", [Genre, Director])
@pytest.mark.parametrize("window", [None, Window(0, 12)])
def test_collections_hold_what_may_be_seen(
    session: Session, model: type[Genre | Director], window: Window | None
) -> None:
    found = ReferenceDAO(session, model).find(window)
    assert (names(found), found.total) == (["a"], 1)


@pytest.mark.usefixtures("seen")
def test_there_is_no_film_that_may_not_be_seen(session: Session) -> None:
    movies, film_id = MovieDAO(session), hidden(session, Movie)
    assert movies.get(film_id) is None
    assert not movies.lock(film_id)


@pytest.mark.usefixtures("seen")
@pytest.mark.parametrize("model", [Genre, Director])
def test_there_is_no_row_that_may_not_be_seen(
    session: Session, model: type[Genre | Director]
) -> None:
    assert ReferenceDAO(session, model).get(hidden(session, model)) is None


@pytest.mark.usefixtures("seen")
def test_all_may_be_seen_once_the_catalogue_is_published(session: Session) -> None:
    before = CatalogueStateDAO(session.get_bind().engine).revision()
    CatalogueDAO(session).publish(revision=before + 5)
    found = MovieDAO(session).find(MovieFilter())
    expected = ["A seen film", "A hidden film", "Another hidden film"]
    assert (titles(found), found.total, found.revision) == (expected, 3, before + 5)
    assert MovieDAO(session).get(hidden(session, Movie)) is not None

"""Rows that an import is still adding are not visible before it is done."""

import pytest
from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from dao.lists import MovieFilter
from dao.models import Director, Genre, ListState, Movie
from dao.movie import MovieDAO
from dao.reference import ReferenceDAO
from tests.dao.rows import names, titles
from tests.support.builders import a_director, a_genre, a_movie, save


@pytest.fixture(autouse=True)
def visible(session: Session) -> Movie:
    """The one visible film of a catalogue to which an import is adding others."""
    film = a_movie(title="A visible film", genre=a_genre(name="a"), director=a_director(name="a"))
    save(session, film)
    last = {"movies": film.id, "genres": film.genre_id, "directors": film.director_id}
    for name, row_id in last.items():
        state = update(ListState).where(ListState.name == name)
        session.execute(state.values(visible_up_to=row_id))
    session.add(a_movie(title="A new film", genre_id=film.genre_id, director=a_director()))
    session.add(a_movie(title="Another new film"))
    session.commit()
    session.expunge_all()
    return film


def added(session: Session, model: type[Genre | Director | Movie]) -> int:
    """The id of a row that the import has added last."""
    return session.scalars(select(func.max(model.id))).one()


@pytest.mark.parametrize("number", [None, 1])
@pytest.mark.parametrize("part", [None, "film", "a "])
@pytest.mark.parametrize("order", ["id", "newest", "rating", "title", "popular"])
def test_lists_hold_and_count_visible_films(
    session: Session, order: str, part: str | None, number: int | None
) -> None:
    found = MovieDAO(session).find(MovieFilter(title_part=part), order, number)
    assert (titles(found), found.total) == (["A visible film"], 1)


def test_filters_find_visible_films(session: Session, visible: Movie) -> None:
    found = MovieDAO(session).find(MovieFilter(genre_ids=(visible.genre_id,)))
    assert (titles(found), found.total) == (["A visible film"], 1)


@pytest.mark.parametrize("number", [None, 1])
@pytest.mark.parametrize("model", [Genre, Director])
def test_reference_data_holds_visible_rows(
    session: Session, model: type[Genre | Director], number: int | None
) -> None:
    rows = ReferenceDAO(session, model)
    found = rows.find(number)
    assert (names(found), found.total) == (["a"], 1)
    assert rows.get(added(session, model)) is None


def test_gets_and_locks_no_film_that_is_not_visible(session: Session) -> None:
    movies, movie_id = MovieDAO(session), added(session, Movie)
    assert movies.get(movie_id) is None
    assert not movies.lock(movie_id)

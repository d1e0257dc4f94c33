"""Rows of a running import are not visible until it is done."""

from typing import Any

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
def _catalogue(session: Session) -> None:
    """A catalogue with one visible film, to which an import is adding others."""
    genre, director = a_genre(name="a"), a_director(name="a")
    film = a_movie(title="A visible film", genre=genre, director=director, year=1)
    save(session, film)
    last = {"movies": film.id, "genres": film.genre_id, "directors": film.director_id}
    for name, row_id in last.items():
        state = update(ListState).where(ListState.name == name)
        session.execute(state.values(visible_up_to=row_id))
    session.add(a_movie(title="A new film", year=1))
    session.commit()
    session.expunge_all()


def added(session: Session, model: type[Genre | Director | Movie]) -> int:
    """Return the id of the last row that the import added."""
    return session.scalars(select(func.max(model.id))).one()


@pytest.mark.parametrize("number", [None, 1])
@pytest.mark.parametrize("wanted", [{}, {"title_part": "film"}, {"title_part": "a "}, {"year": 1}])
@pytest.mark.parametrize("order", ["id", "newest", "rating", "title", "popular"])
def test_lists_hold_and_count_visible_films(
    session: Session, order: str, wanted: dict[str, Any], number: int | None
) -> None:
    found = MovieDAO(session).find(MovieFilter(**wanted), order, number)
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

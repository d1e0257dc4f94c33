import pytest
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from dao.catalogue import CatalogueDAO, CatalogueStateDAO
from dao.lists import MovieFilter
from dao.models import Genre
from dao.movie import MovieDAO
from tests.dao.importing import states
from tests.support.builders import a_genre, a_movie


def test_publishes_everything_under_the_new_revision(session: Session, engine: Engine) -> None:
    state = CatalogueStateDAO(engine)
    later = state.revision() + 1000
    session.add_all([a_movie(), a_movie(), a_genre()])
    session.flush()
    CatalogueDAO(session).publish(later)
    session.commit()
    assert states(engine) == {
        "directors": (later, 2, None),
        "genres": (later, 3, None),
        "movies": (later, 2, None),
    }
    assert state.summary() == (later, 2)


@pytest.mark.parametrize("back", [0, 10**9])
def test_has_a_higher_revision_although_the_clock_goes_back(
    session: Session, engine: Engine, back: int
) -> None:
    before = CatalogueStateDAO(engine).revision()
    CatalogueDAO(session).publish(before - back)
    session.commit()
    assert {revision for revision, _, _ in states(engine).values()} == {before + 1}


def test_keeps_how_many_films_each_genre_has(session: Session) -> None:
    drama, western, empty = (a_genre() for _ in range(3))
    films = [a_movie(genre=genre) for genre in (drama, drama, western)]
    session.add_all([*films, empty])
    session.flush()
    CatalogueDAO(session).publish(1)
    films[0].genre = western
    session.flush()
    CatalogueDAO(session).publish(2)
    counts = session.scalars(select(Genre.movies_count).order_by(Genre.id))
    assert counts.all() == [1, 2, 0]
    found = MovieDAO(session).find(MovieFilter(genre_ids=(drama.id, western.id, 999)), number=1)
    assert found.total == 3

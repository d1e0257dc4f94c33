import pytest
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from dao.catalogue import CatalogueDAO, CatalogueStateDAO
from dao.lists import MovieFilter
from dao.models import Genre
from dao.movie import MovieDAO
from tests.dao.importing import states
from tests.support.builders import a_genre, a_movie


@pytest.fixture
def catalogue(session: Session) -> CatalogueDAO:
    return CatalogueDAO(session)


@pytest.fixture
def state(engine: Engine) -> CatalogueStateDAO:
    return CatalogueStateDAO(engine)


def test_publishes_everything_under_the_new_revision(
    session: Session, catalogue: CatalogueDAO, state: CatalogueStateDAO
) -> None:
    later = state.revision() + 1000
    session.add_all([a_movie(), a_movie(), a_genre()])
    session.flush()
    catalogue.publish(later)
    session.commit()
    assert states(session) == {
        "directors": (later, 2, None),
        "genres": (later, 3, None),
        "movies": (later, 2, None),
    }
    assert state.revision() == later
    assert state.summary() == (later, 2)


@pytest.mark.parametrize("back", [0, 1, 10**9])
def test_has_a_higher_revision_although_the_clock_goes_back(
    session: Session, catalogue: CatalogueDAO, state: CatalogueStateDAO, back: int
) -> None:
    before = state.revision()
    catalogue.publish(before - back)
    session.commit()
    assert {revision for revision, _, _ in states(session).values()} == {before + 1}


def test_keeps_how_many_films_each_genre_has(session: Session, catalogue: CatalogueDAO) -> None:
    drama, western, empty = (a_genre() for _ in range(3))
    counts = select(Genre.movies_count).order_by(Genre.id)
    films = [a_movie(genre=genre) for genre in (drama, drama, western)]
    session.add_all([*films, empty])
    session.flush()
    catalogue.publish(1)
    session.commit()
    assert session.scalars(counts).all() == [2, 1, 0]
    films[0].genre = western
    session.flush()
    catalogue.publish(2)
    session.commit()
    totals = {
        genre_ids: MovieDAO(session).find(MovieFilter(genre_ids=genre_ids), number=1).total
        for genre_ids in [(drama.id,), (western.id,), (drama.id, western.id, 999), (999,)]
    }
    assert list(totals.values()) == [1, 2, 3, 0]

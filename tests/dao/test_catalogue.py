from __future__ import annotations

import pytest
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from dao.catalogue import CatalogueDAO, CatalogueStateDAO
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
    catalogue.publish(later)
    session.commit()
    assert states(session) == {
        "directors": (later, 2, None),
        "genres": (later, 3, None),
        "movies": (later, 2, None),
    }
    assert state.revision() == later


@pytest.mark.parametrize("back", [0, 1, 10**9])
def test_has_a_higher_revision_although_the_clock_goes_back(
    session: Session, catalogue: CatalogueDAO, state: CatalogueStateDAO, back: int
) -> None:
    before = state.revision()
    catalogue.publish(before - back)
    session.commit()
    assert {revision for revision, _, _ in states(session).values()} == {before + 1}

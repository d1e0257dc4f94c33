from __future__ import annotations

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from dao.catalogue import CatalogueDAO
from dao.models import ListState
from tests.builders import a_director, a_genre, a_movie, save


@pytest.fixture
def catalogue(session: Session) -> CatalogueDAO:
    return CatalogueDAO(session)


def known(session: Session) -> dict[str, tuple[int, int, int | None]]:
    """The revision, total and last id of each collection."""
    rows = session.execute(select(ListState).order_by(ListState.name)).scalars()
    return {row.name: (row.revision, row.total, row.visible_up_to) for row in rows}


def test_is_empty_without_a_film(session: Session, catalogue: CatalogueDAO) -> None:
    save(session, a_genre(), a_director())
    assert catalogue.is_empty() is True


def test_is_not_empty_with_a_film(session: Session, catalogue: CatalogueDAO) -> None:
    save(session, a_movie())
    assert catalogue.is_empty() is False


def test_is_empty_while_its_first_films_may_not_be_seen(
    session: Session, catalogue: CatalogueDAO
) -> None:
    session.add(a_movie())
    session.commit()
    assert catalogue.is_empty() is True


def test_publishes_everything_under_the_new_revision(
    session: Session, catalogue: CatalogueDAO
) -> None:
    later = catalogue.revision() + 1000
    session.add_all([a_movie(), a_movie(), a_genre()])
    catalogue.publish(later)
    assert known(session) == {
        "directors": (later, 2, None),
        "genres": (later, 3, None),
        "movies": (later, 2, None),
    }
    assert catalogue.revision() == later


@pytest.mark.parametrize("back", [0, 1, 10**9])
def test_has_a_higher_revision_although_the_clock_goes_back(
    session: Session, catalogue: CatalogueDAO, back: int
) -> None:
    before = catalogue.revision()
    catalogue.publish(before - back)
    assert {revision for revision, _, _ in known(session).values()} == {before + 1}

"""What is known of the catalogue as a whole."""

from __future__ import annotations

from sqlalchemy import case, func, select, update

from dao.base import BaseDAO
from dao.models import Director, Genre, ListState, Movie


class CatalogueDAO(BaseDAO):
    def is_empty(self) -> bool:
        """Return whether there is no film at all."""
        total = select(ListState.total).where(ListState.name == Movie.__tablename__)
        return self._session.scalars(total).one() == 0

    def revision(self) -> int:
        """Return the revision of the catalogue, in one statement."""
        query = select(ListState.revision).where(ListState.name == Movie.__tablename__)
        return self._session.scalars(query).one()

    def publish(self, revision: int) -> None:
        """Let all rows be seen, and keep how many there are.

        The new revision is this one, or a higher one where the clock went back.
        """
        for model in (Genre, Director, Movie):
            total = select(func.count(model.id)).scalar_subquery()
            later = ListState.revision + 1
            self._session.execute(
                update(ListState)
                .where(ListState.name == model.__tablename__)
                .values(
                    revision=case((ListState.revision < revision, revision), else_=later),
                    total=total,
                    visible_up_to=None,
                )
            )

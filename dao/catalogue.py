"""Writing the catalogue: what a file brings is merged into what is there."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import exists, func, select, update

from dao.base import BaseDAO, insert
from dao.models import Collection, Director, Genre, Movie


class CatalogueDAO(BaseDAO):
    """Rows are known by where they came from, so loading them again keeps their ids."""

    def is_empty(self) -> bool:
        """Return whether there is no film at all."""
        return not self._session.scalar(select(exists().where(Movie.id.is_not(None))))

    def count(self) -> int:
        """Return the number of films."""
        return self._session.scalar(select(func.count(Movie.id))) or 0

    def revision(self) -> int:
        """Return the revision of the catalogue, in one statement."""
        query = select(Collection.revision).where(Collection.name == Movie.__tablename__)
        return self._session.scalars(query).one()

    def publish(self, revision: int) -> None:
        """Let all rows be seen, under a new revision, and keep how many there are."""
        for model in (Genre, Director, Movie):
            total = select(func.count(model.id)).scalar_subquery()
            self._session.execute(
                update(Collection)
                .where(Collection.name == model.__tablename__)
                .values(revision=revision, total=total, last_id=None)
            )

    def put_genres(self, names: Iterable[str]) -> dict[str, int]:
        """Add the genres that are missing, and return the ids of all by name."""
        rows = [{"name": name} for name in dict.fromkeys(names)]
        if rows:
            self._session.execute(insert(self._session, Genre).on_conflict_do_nothing(), rows)
        return dict(self._session.execute(select(Genre.name, Genre.id)).all())

    def put_directors(self, source: str, names: Mapping[str, str]) -> dict[str, int]:
        """Add or rename the directors, by the source's own id, and return ids by that id."""
        rows = [
            {"source": source, "external_id": external_id, "name": name}
            for external_id, name in names.items()
        ]
        self._put(Director, rows)
        ids = select(Director.external_id, Director.id).where(Director.source == source)
        return dict(self._session.execute(ids).all())

    def put_movies(self, rows: list[dict[str, Any]]) -> None:
        """Add or update films by `source` and `external_id`; the keys of a row are columns."""
        # In the order in which a deleted account's films are locked, whatever that of the file.
        mine = select(Movie.id).where(Movie.source.in_({row["source"] for row in rows}))
        self._session.execute(mine.order_by(Movie.id).with_for_update(key_share=True)).all()
        self._put(Movie, rows)

    def _put(self, model: type[Director] | type[Movie], rows: list[dict[str, Any]]) -> None:
        if not rows:
            return
        statement = insert(self._session, model)
        identity = {"source", "external_id"}
        updated = {name: statement.excluded[name] for name in rows[0] if name not in identity}
        self._session.execute(
            statement.on_conflict_do_update(
                index_elements=[model.source, model.external_id], set_=updated
            ),
            rows,
        )

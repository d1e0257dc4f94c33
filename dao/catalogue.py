"""The catalogue as a whole, and whether the database responds."""

from sqlalchemy import Engine, case, func, select, update

from dao.base import BaseDAO
from dao.models import Director, Genre, ListState, Movie
from setup_db import DATABASE_UNAVAILABLE


class CatalogueStateDAO:
    """Reads the state of the list of films, and whether the database responds.

    Each call uses its own connection, without a session or an application: a check may outlast its
    request.
    """

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def responds(self) -> bool:
        """Return whether the database executes a statement."""
        try:
            with self._engine.connect() as connection:
                connection.execute(select(1))
        except DATABASE_UNAVAILABLE:
            return False
        return True

    def is_empty(self) -> bool:
        """Return whether no film is visible."""
        return self._read()[1] == 0

    def revision(self) -> int:
        """Return a number that changes with each import that changes the catalogue."""
        return self._read()[0]

    def summary(self) -> tuple[int, int] | None:
        """Return the revision and the number of films, or None if the database does not respond."""
        try:
            return self._read()
        except DATABASE_UNAVAILABLE:
            return None

    def _read(self) -> tuple[int, int]:
        query = select(ListState.revision, ListState.total)
        with self._engine.connect() as connection:
            row = connection.execute(query.where(ListState.name == Movie.__tablename__)).one()
            return row.revision, row.total


class CatalogueDAO(BaseDAO):
    def publish(self, revision: int) -> None:
        """Make all rows visible, and store their number and the number of films of each genre.

        The new revision is the given one, or a higher one if the clock went back.
        """
        for model in (Genre, Director, Movie):
            total = select(func.count(model.id)).scalar_subquery()
            later = ListState.revision + 1
            self._execute(
                update(ListState)
                .where(ListState.name == model.__tablename__)
                .values(
                    revision=case((ListState.revision < revision, revision), else_=later),
                    total=total,
                    visible_up_to=None,
                )
            )
        of_genre = select(func.count(Movie.id)).where(Movie.genre_id == Genre.id)
        self._execute(update(Genre).values(movies_count=of_genre.scalar_subquery()))

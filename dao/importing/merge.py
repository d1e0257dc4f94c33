"""Merging staged rows into the catalogue. New rows stay invisible until all have been added."""

from sqlalchemy import delete, func, insert, literal, select, update

from dao.importing.base import ImportDAO
from dao.importing.tables import (
    NAMES,
    NEW,
    STAGED,
    WRITTEN_VALUES,
    changed_movies,
    is_of,
    renamed_directors,
)
from dao.models import Director, Genre, ListState, Movie


class MergeDAO(ImportDAO):
    """Adds and updates the rows that StagingDAO has found."""

    @property
    def blocks_writers(self) -> bool:
        """Whether a transaction that writes blocks all other writers."""
        return self._engine.WRITERS_BLOCK

    def delete_invisible_rows(self, limit: int) -> int:
        """Delete at most `limit` rows of an unpublished import, and return how many."""
        for model in (Movie, Director, Genre):
            visible_up_to = select(ListState.visible_up_to).where(
                ListState.name == model.__tablename__
            )
            invisible = (
                select(model.id).where(model.id > visible_up_to.scalar_subquery()).limit(limit)
            )
            deleted = self._run(delete(model).where(model.id.in_(invisible)))
            if deleted:
                return deleted
        return 0

    def freeze_visible_rows(self) -> None:
        """Make the rows that are added from now on invisible until they are published."""
        for model in (Genre, Director, Movie):
            visible_up_to = select(func.coalesce(func.max(model.id), 0)).scalar_subquery()
            self._run(
                update(ListState)
                .where(ListState.name == model.__tablename__, ListState.visible_up_to.is_(None))
                .values(visible_up_to=visible_up_to)
            )

    def add_genres(self) -> None:
        """Add the new genres."""
        genres, new = STAGED[Genre], NEW[Genre]
        rows = (
            select(*(genres.c[name] for name in NAMES))
            .join(new, new.c.number == genres.c.number)
            .order_by(new.c.position)
        )
        self._run(insert(Genre).from_select(NAMES, rows))

    def add_directors(self, source: str, after: int, limit: int) -> int:
        """Add at most `limit` new directors after position `after`, and return how many."""
        directors, new = STAGED[Director], NEW[Director]
        columns = (*NAMES, "external_id")
        rows = (
            select(*(directors.c[name] for name in columns), literal(source))
            .join(new, new.c.number == directors.c.number)
            .where(new.c.position.between(after + 1, after + limit))
            .order_by(new.c.position)
        )
        return self._run(insert(Director).from_select([*columns, "source"], rows))

    def add_movies(self, source: str, after: int, limit: int) -> int:
        """Add at most `limit` new films after position `after`, and return how many."""
        movies, new = STAGED[Movie], NEW[Movie]
        values = {**WRITTEN_VALUES, "source": literal(source), "external_id": movies.c.external_id}
        rows = (
            select(*values.values())
            .select_from(movies)
            .join(Genre, Genre.folded_name == movies.c.genre)
            .join(Director, is_of(Director, source, movies.c.director_id))
            .join(new, new.c.number == movies.c.number)
            .where(new.c.position.between(after + 1, after + limit))
            .order_by(new.c.position)
        )
        return self._run(insert(Movie).from_select(list(values), rows))

    def update_directors(self) -> None:
        """Update the names of directors that have changed."""
        directors, renamed = STAGED[Director].c, renamed_directors.c
        self._run(
            update(Director)
            .where(Director.id == renamed.id, directors.number == renamed.number)
            .values({name: directors[name] for name in NAMES})
        )

    def update_movies(self, source: str) -> None:
        """Update the films that have changed. Their favorites stay as they are."""
        movies, changed = STAGED[Movie].c, changed_movies.c
        # Films are locked by id, as those of a deleted account are, to prevent a deadlock.
        in_order = (
            select(Movie.id)
            .join(changed_movies, changed.id == Movie.id)
            .order_by(Movie.id)
            .with_for_update(key_share=True, of=Movie)
        )
        self._execute(select(func.count()).select_from(in_order.subquery())).scalar()
        update_movie = update(Movie).where(Movie.id == changed.id, movies.number == changed.number)
        # Most files bring new ratings. An update leaves the indexes of other columns alone.
        self._run(update_movie.where(changed.in_rating_only).values(rating=movies.rating))
        self._run(
            update_movie.where(
                ~changed.in_rating_only,
                Genre.folded_name == movies.genre,
                is_of(Director, source, movies.director_id),
            ).values(WRITTEN_VALUES)
        )

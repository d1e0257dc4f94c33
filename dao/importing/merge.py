"""Merging what is staged into the catalogue, in pieces that nobody sees before all are there."""

from __future__ import annotations

from typing import Any, cast

from sqlalchemy import (
    CursorResult,
    Executable,
    Select,
    delete,
    func,
    insert,
    literal,
    select,
    update,
)

from dao.base import BaseDAO
from dao.importing import staging
from dao.importing.staging import is_of
from dao.models import Director, Genre, ListState, Movie

_COPIED = ("title", "folded_title", "description", "trailer", "year", "rating")


class MergeDAO(BaseDAO):
    """Works with the tables that StagingDAO has filled, on the same connection."""

    @property
    def blocks_writers(self) -> bool:
        """Whether others cannot write at all while a transaction of ours does."""
        return self._engine.WRITERS_BLOCK

    def delete_hidden(self, limit: int) -> int:
        """Delete rows that an import has left which was never published, at most `limit` of them.

        Returns how many there were.
        """
        for model in (Movie, Director, Genre):
            visible_up_to = select(ListState.visible_up_to).where(
                ListState.name == model.__tablename__
            )
            hidden = select(model.id).where(model.id > visible_up_to.scalar_subquery()).limit(limit)
            deleted = self._run(delete(model).where(model.id.in_(hidden)))
            if deleted:
                return deleted
        return 0

    def hide_new(self) -> None:
        """Let rows that are added from now on not be seen until they are published."""
        for model in (Genre, Director, Movie):
            visible_up_to = select(func.coalesce(func.max(model.id), 0)).scalar_subquery()
            self._run(
                update(ListState)
                .where(ListState.name == model.__tablename__, ListState.visible_up_to.is_(None))
                .values(visible_up_to=visible_up_to)
            )

    def add_genres(self) -> None:
        """Add the genres that are new."""
        genres, new = staging.genres.c, staging.new_genres.c
        rows = select(genres.name).join(staging.new_genres, new.number == genres.number)
        self._run(insert(Genre).from_select(["name"], rows.order_by(new.position)))

    def add_directors(self, source: str, after: int, limit: int) -> int:
        """Add the new directors after so many, at most `limit` of them, and return how many."""
        directors, new = staging.directors.c, staging.new_directors.c
        rows = (
            select(directors.name, literal(source), directors.external_id)
            .join(staging.new_directors, new.number == directors.number)
            .where(new.position.between(after + 1, after + limit))
            .order_by(new.position)
        )
        return self._run(insert(Director).from_select(["name", "source", "external_id"], rows))

    def add_films(self, source: str, after: int, limit: int) -> int:
        """Add the new films after so many, at most `limit` of them, and return how many."""
        films, new = staging.films.c, staging.new_films.c
        rows = (
            _with_credits(source, *(films[name] for name in _COPIED))
            .add_columns(literal(source), films.external_id)
            .join(staging.new_films, new.number == films.number)
            .where(new.position.between(after + 1, after + limit))
            .order_by(new.position)
        )
        columns = [*_COPIED, "genre_id", "director_id", "source", "external_id"]
        return self._run(insert(Movie).from_select(columns, rows))

    def update_directors(self) -> None:
        """Give directors the names that have changed."""
        directors, renamed = staging.directors.c, staging.renamed_directors.c
        self._run(
            update(Director)
            .where(Director.id == renamed.id, directors.number == renamed.number)
            .values(name=directors.name)
        )

    def update_films(self, source: str) -> None:
        """Bring the films that have changed up to date; a film's favorites stay as they are."""
        films, changed = staging.films.c, staging.changed_films.c
        # In the order in which a deleted account's films are locked, whatever that of the file.
        in_order = (
            select(Movie.id)
            .join(staging.changed_films, changed.id == Movie.id)
            .order_by(Movie.id)
            .with_for_update(key_share=True, of=Movie)
        )
        self._session.scalar(select(func.count()).select_from(in_order.subquery()))
        update_film = update(Movie).where(Movie.id == changed.id, films.number == changed.number)
        # Most files bring new ratings. An index whose column is not mentioned is left alone.
        self._run(update_film.where(changed.in_rating_only).values(rating=films.rating))
        credits = {Movie.genre_id: Genre.id, Movie.director_id: Director.id}
        self._run(
            update_film.where(
                ~changed.in_rating_only,
                Genre.name == films.genre,
                is_of(Director, source, films.director),
            ).values({**{name: films[name] for name in _COPIED}, **credits})
        )

    def _run(self, statement: Executable) -> int:
        """Return how many rows it was about. No entity of this session is to be kept in step."""
        options = {"synchronize_session": False, "preserve_rowcount": True}
        result = self._session.execute(statement, execution_options=options)
        return cast("CursorResult[Any]", result).rowcount


def _with_credits(source: str, *columns: Any) -> Select[Any]:
    """Return a query of staged films with our ids of their genres and directors."""
    films = staging.films.c
    return (
        select(*columns, Genre.id, Director.id)
        .select_from(staging.films)
        .join(Genre, Genre.name == films.genre)
        .join(Director, is_of(Director, source, films.director))
    )

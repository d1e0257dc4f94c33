"""The queries of the peers with an ORM: one statement each, with joined relations."""

import os

from sqlalchemy import Engine, Select, create_engine, event, select
from sqlalchemy.orm import joinedload

from constants import PAGE_SIZE
from dao.models import Favorite, Movie


def movies(page: int | None) -> Select[Movie]:
    """Return the query of a page of films by ascending id, or of all films."""
    query = select(Movie).order_by(Movie.id).options(*_RELATIONS)
    return query if page is None else _page_of(query, page)


def favorites(user_id: int, page: int) -> Select[Movie]:
    """Return the query of a page of the films that a user likes, newest favorite first."""
    query = select(Movie).join(Favorite).where(Favorite.user_id == user_id).options(*_RELATIONS)
    newest_first = Favorite.created_at.desc(), Favorite.movie_id.desc()
    return _page_of(query.order_by(*newest_first), page)


_RELATIONS = (
    joinedload(Movie.genre, innerjoin=True),
    joinedload(Movie.director, innerjoin=True),
)


def _page_of(query: Select[Movie], page: int) -> Select[Movie]:
    return query.offset((page - 1) * PAGE_SIZE).limit(PAGE_SIZE)


def engine_from_environment() -> Engine:
    """Return an engine with one connection for each thread."""
    url = os.environ["DATABASE_URL"]
    if not url.startswith("sqlite:"):
        return create_engine(url, pool_size=20)
    engine = create_engine(url, pool_size=64)

    @event.listens_for(engine, "connect")
    def _configure(connection: object, _: object) -> None:
        connection.execute("PRAGMA journal_mode = WAL")  # type: ignore[attr-defined]  # sqlite3's.

    return engine

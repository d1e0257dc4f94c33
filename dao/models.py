"""All tables.

Text columns have no length: input is checked against the limits in constants.py where it enters.
Times are whole seconds since the epoch (UTC), except `Favorite.created_at`.
"""

from typing import Any

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from constants import RATING_MAX, YEAR_MAX
from setup_db import Base

# Compared and ordered by code point on both engines; PostgreSQL's default is the server's locale.
CodePoints = Text().with_variant(Text(collation="C"), "postgresql")

# Ids are never reused: a reference to a deleted row must not find another row.
IDS_ONCE = {"sqlite_autoincrement": True}


class CatalogueRow(Base):
    """A row of a public list. Only imports write these."""

    __abstract__ = True
    __table_args__: Any = IDS_ONCE

    id: Mapped[int] = mapped_column(primary_key=True)


class Genre(CatalogueRow):
    """A genre. Spellings of its name that fold to the same text are one genre."""

    __tablename__ = "genres"

    name: Mapped[str] = mapped_column(Text)
    folded_name: Mapped[str] = mapped_column(CodePoints, unique=True)
    # Stored, because a genre may have too many films to count: a quarter of all.
    movies_count: Mapped[int] = mapped_column(default=0, server_default="0")


class Director(CatalogueRow):
    """A person. People may share a name, so `source` and `external_id` identify a director."""

    __tablename__ = "directors"
    __table_args__ = (UniqueConstraint("source", "external_id"), IDS_ONCE)

    name: Mapped[str] = mapped_column(Text)
    folded_name: Mapped[str] = mapped_column(CodePoints, index=True)
    source: Mapped[str] = mapped_column(Text)
    external_id: Mapped[str] = mapped_column(Text)


class Movie(CatalogueRow):
    __tablename__ = "movies"
    __table_args__ = (
        UniqueConstraint("source", "external_id"),
        CheckConstraint(f"year BETWEEN 1 AND {YEAR_MAX}", name="year"),
        CheckConstraint(f"rating BETWEEN 0 AND {RATING_MAX}", name="rating"),
        IDS_ONCE,
    )

    title: Mapped[str] = mapped_column(Text)
    folded_title: Mapped[str] = mapped_column(CodePoints)
    description: Mapped[str] = mapped_column(Text)
    trailer: Mapped[str] = mapped_column(Text)
    # A URL from a catalogue file. If it is empty, a poster is drawn.
    poster: Mapped[str] = mapped_column(Text, server_default=text("''"))
    year: Mapped[int]
    rating: Mapped[float | None]
    genre_id: Mapped[int] = mapped_column(ForeignKey("genres.id"), index=True)
    director_id: Mapped[int] = mapped_column(ForeignKey("directors.id"), index=True)
    # Stored, because a film may have too many favorites to count: a million.
    favorites_count: Mapped[int] = mapped_column(default=0, server_default="0")
    source: Mapped[str] = mapped_column(Text)
    external_id: Mapped[str] = mapped_column(Text)

    genre: Mapped[Genre] = relationship()
    director: Mapped[Director] = relationship()


# Each order of films has an index with all columns of filters, and another one within a genre: a
# genre may have a quarter of all films. The films of a director are few enough to sort.
_FILTERED = (Movie.year, Movie.rating, Movie.genre_id)
Index("ix_movies_newest", Movie.year.desc(), Movie.id.desc(), Movie.rating, Movie.genre_id)
Index("ix_movies_rating", Movie.rating.desc().nulls_last(), Movie.id, Movie.year, Movie.genre_id)
Index("ix_movies_folded_title", Movie.folded_title, Movie.id, *_FILTERED)
Index("ix_movies_popular", Movie.favorites_count.desc(), Movie.id, *_FILTERED)
Index("ix_movies_genre_newest", Movie.genre_id, Movie.year.desc(), Movie.id.desc())
Index("ix_movies_genre_rating", Movie.genre_id, Movie.rating.desc().nulls_last(), Movie.id)
Index("ix_movies_genre_folded_title", Movie.genre_id, Movie.folded_title, Movie.id)
Index("ix_movies_genre_popular", Movie.genre_id, Movie.favorites_count.desc(), Movie.id)


class ListState(Base):
    """The state of a public list; `name` is the name of its table.

    `revision` changes with each import that changes the catalogue (microseconds since the epoch,
    the same for all lists). `total` is the number of visible rows. While an import adds rows,
    `visible_up_to` is the largest visible id; otherwise it is null, and all rows are visible.
    """

    __tablename__ = "list_states"

    name: Mapped[str] = mapped_column(Text, primary_key=True)
    revision: Mapped[int] = mapped_column(BigInteger)
    total: Mapped[int]
    visible_up_to: Mapped[int | None]


class User(Base):
    __tablename__ = "users"
    __table_args__ = IDS_ONCE

    id: Mapped[int] = mapped_column(primary_key=True)
    email: Mapped[str] = mapped_column(Text, unique=True)
    password_hash: Mapped[str] = mapped_column(Text)
    name: Mapped[str | None] = mapped_column(Text)
    surname: Mapped[str | None] = mapped_column(Text)
    favorite_genre_id: Mapped[int | None] = mapped_column(ForeignKey("genres.id"))


class LoginSession(Base):
    """A signed-in device. Revoked sessions are deleted; neither tokens nor their hashes are stored.

    Only a refresh token of the current `generation` rotates it, which extends `expires_at`.
    """

    __tablename__ = "sessions"

    id: Mapped[str] = mapped_column(Text, primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"), index=True)
    generation: Mapped[int]
    created_at: Mapped[int] = mapped_column(BigInteger)
    rotated_at: Mapped[int] = mapped_column(BigInteger)
    expires_at: Mapped[int] = mapped_column(BigInteger, index=True)
    ip: Mapped[str] = mapped_column(Text)


class Favorite(Base):
    """A film that a user likes. `created_at` is in microseconds."""

    __tablename__ = "favorites"

    user_id: Mapped[int] = mapped_column(
        ForeignKey("users.id", ondelete="CASCADE"), primary_key=True
    )
    movie_id: Mapped[int] = mapped_column(ForeignKey("movies.id"), primary_key=True, index=True)
    created_at: Mapped[int] = mapped_column(BigInteger)


Index("ix_favorites_newest", Favorite.user_id, Favorite.created_at.desc(), Favorite.movie_id.desc())


class RateLimitWindow(Base):
    """The attempts in the current window of a limit. `key` is a hash of their subject."""

    __tablename__ = "attempts"

    key: Mapped[str] = mapped_column(Text, primary_key=True)
    hits: Mapped[int]
    expires_at: Mapped[int] = mapped_column(BigInteger, index=True)

"""First tables."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "genres",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_genres"),
        sa.UniqueConstraint("name", name="uq_genres_name"),
    )
    op.create_table(
        "directors",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("external_id", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_directors"),
        sa.UniqueConstraint("source", "external_id", name="uq_directors_source_external_id"),
    )
    op.create_table(
        "movies",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column(
            "folded_title",
            sa.Text().with_variant(sa.Text(collation="C"), "postgresql"),
            nullable=False,
        ),
        sa.Column("description", sa.Text(), nullable=False),
        sa.Column("trailer", sa.Text(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("rating", sa.Double(), nullable=True),
        sa.Column("genre_id", sa.Integer(), nullable=False),
        sa.Column("director_id", sa.Integer(), nullable=False),
        sa.Column("favorites_count", sa.Integer(), server_default="0", nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("external_id", sa.Text(), nullable=False),
        sa.CheckConstraint("year BETWEEN 1 AND 9999", name=op.f("ck_movies_year")),
        sa.CheckConstraint("rating BETWEEN 0 AND 10", name=op.f("ck_movies_rating")),
        sa.ForeignKeyConstraint(["genre_id"], ["genres.id"], name="fk_movies_genre_id_genres"),
        sa.ForeignKeyConstraint(
            ["director_id"], ["directors.id"], name="fk_movies_director_id_directors"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_movies"),
        sa.UniqueConstraint("source", "external_id", name="uq_movies_source_external_id"),
    )
    op.create_index("ix_movies_genre_id", "movies", ["genre_id"])
    op.create_index("ix_movies_director_id", "movies", ["director_id"])
    op.create_index("ix_movies_newest", "movies", [sa.text("year DESC"), sa.text("id DESC")])
    op.create_index("ix_movies_folded_title", "movies", ["folded_title", "id"])
    op.create_table(
        "users",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("email", sa.Text(), nullable=False),
        sa.Column("password_hash", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=True),
        sa.Column("surname", sa.Text(), nullable=True),
        sa.Column("favorite_genre_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["favorite_genre_id"], ["genres.id"], name="fk_users_favorite_genre_id_genres"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_users"),
        sa.UniqueConstraint("email", name="uq_users_email"),
    )
    op.create_table(
        "sessions",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("generation", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("rotated_at", sa.BigInteger(), nullable=False),
        sa.Column("expires_at", sa.BigInteger(), nullable=False),
        sa.Column("ip", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["user_id"], ["users.id"], name="fk_sessions_user_id_users", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_sessions"),
    )
    op.create_index("ix_sessions_user_id", "sessions", ["user_id"])
    op.create_index("ix_sessions_expires_at", "sessions", ["expires_at"])
    op.create_table(
        "favorites",
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("movie_id", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["user_id"], ["users.id"], name="fk_favorites_user_id_users", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["movie_id"], ["movies.id"], name="fk_favorites_movie_id_movies"),
        sa.PrimaryKeyConstraint("user_id", "movie_id", name="pk_favorites"),
    )
    op.create_index("ix_favorites_movie_id", "favorites", ["movie_id"])
    op.create_index(
        "ix_favorites_newest",
        "favorites",
        ["user_id", sa.text("created_at DESC"), sa.text("movie_id DESC")],
    )


def downgrade() -> None:
    for table in ("favorites", "sessions", "users", "movies", "directors", "genres"):
        op.drop_table(table)

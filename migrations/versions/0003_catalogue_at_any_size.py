"""A catalogue of any size: totals and revision kept, every order and the search by index."""

from __future__ import annotations

import time

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

NAMES = ("genres", "directors", "movies")
# SQLite has no NULLS LAST in indexes, but sorts nulls last in this one anyway.
NULLS_LAST = {"sqlite": "", "postgresql": " NULLS LAST"}
INDEXES = {
    "ix_movies_rating": "rating DESC{nulls_last}, id",
    "ix_movies_popular": "favorites_count DESC, id",
    "ix_movies_genre_newest": "genre_id, year DESC, id DESC",
    "ix_movies_genre_rating": "genre_id, rating DESC{nulls_last}, id",
    "ix_movies_genre_folded_title": "genre_id, folded_title, id",
    "ix_movies_genre_popular": "genre_id, favorites_count DESC, id",
}

# A trigram index of the titles. It stores no text of its own but refers to the table of films, and
# triggers keep it up to date (SQLite, "External Content Tables").
SQLITE_SEARCH = (
    "CREATE VIRTUAL TABLE movie_titles USING fts5("
    "folded_title, content='movies', content_rowid='id', tokenize='trigram case_sensitive 1')",
    "INSERT INTO movie_titles (movie_titles) VALUES ('rebuild')",
    "CREATE TRIGGER movie_titles_insert AFTER INSERT ON movies BEGIN "
    "INSERT INTO movie_titles (rowid, folded_title) VALUES (new.id, new.folded_title); END",
    "CREATE TRIGGER movie_titles_delete AFTER DELETE ON movies BEGIN "
    "INSERT INTO movie_titles (movie_titles, rowid, folded_title) "
    "VALUES ('delete', old.id, old.folded_title); END",
    "CREATE TRIGGER movie_titles_update AFTER UPDATE OF folded_title ON movies "
    "WHEN old.folded_title <> new.folded_title BEGIN "
    "INSERT INTO movie_titles (movie_titles, rowid, folded_title) "
    "VALUES ('delete', old.id, old.folded_title); "
    "INSERT INTO movie_titles (rowid, folded_title) VALUES (new.id, new.folded_title); END",
)


def upgrade() -> None:
    collections = op.create_table(
        "collections",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("revision", sa.BigInteger(), nullable=False),
        sa.Column("total", sa.Integer(), nullable=False),
        sa.Column("last_id", sa.Integer(), nullable=True),
        sa.PrimaryKeyConstraint("name", name="pk_collections"),
    )
    now = time.time_ns() // 1000
    for name in NAMES:
        total = sa.select(sa.func.count()).select_from(sa.table(name)).scalar_subquery()
        op.execute(collections.insert().values(name=name, revision=now, total=total))
    connection = op.get_bind()
    nulls_last = NULLS_LAST[connection.dialect.name]
    for name, columns in INDEXES.items():
        op.execute(f"CREATE INDEX {name} ON movies ({columns.format(nulls_last=nulls_last)})")
    if connection.dialect.name == "sqlite":
        # SQLite stores whole rows by id, so skipping half of the films by id would read them all.
        # PostgreSQL has the index of the primary key.
        op.execute("CREATE INDEX ix_movies_id ON movies (id)")
        for statement in SQLITE_SEARCH:
            op.execute(statement)
    elif connection.scalar(
        sa.text("SELECT true FROM pg_available_extensions WHERE name = 'pg_trgm'")
    ):
        # Without the extension a search reads all titles: slower, with the same result.
        op.execute("CREATE EXTENSION IF NOT EXISTS pg_trgm")
        op.execute(
            "CREATE INDEX ix_movies_title_parts ON movies USING gin (folded_title gin_trgm_ops)"
        )


def downgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        for event in ("insert", "delete", "update"):
            op.execute(f"DROP TRIGGER movie_titles_{event}")
        op.execute("DROP TABLE movie_titles")
        op.drop_index("ix_movies_id", "movies")
    else:
        op.execute("DROP INDEX IF EXISTS ix_movies_title_parts")
    for name in INDEXES:
        op.drop_index(name, "movies")
    op.drop_table("collections")

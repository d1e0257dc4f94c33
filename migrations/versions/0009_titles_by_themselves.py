"""Add a narrow table of titles on PostgreSQL, and the number of films of each genre."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

# Triggers keep the table up to date, as they do with SQLite's full-text index.
TITLES = (
    """CREATE TABLE movie_titles (
        id INTEGER CONSTRAINT pk_movie_titles PRIMARY KEY,
        folded_title TEXT COLLATE "C" NOT NULL
    )""",
    """CREATE FUNCTION follow_movies() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF TG_OP = 'UPDATE' AND OLD.folded_title = NEW.folded_title THEN
            RETURN NULL;
        END IF;
        IF TG_OP <> 'INSERT' THEN
            DELETE FROM movie_titles WHERE id = OLD.id;
        END IF;
        IF TG_OP <> 'DELETE' THEN
            INSERT INTO movie_titles (id, folded_title) VALUES (NEW.id, NEW.folded_title);
        END IF;
        RETURN NULL;
    END $$""",
    """CREATE TRIGGER movie_titles_follow
    AFTER INSERT OR DELETE OR UPDATE OF folded_title ON movies
    FOR EACH ROW EXECUTE FUNCTION follow_movies()""",
    "INSERT INTO movie_titles SELECT id, folded_title FROM movies ORDER BY id",
)
COUNTS = """UPDATE genres SET movies_count = (
    SELECT count(*) FROM movies WHERE genre_id = genres.id AND movies.id <= (
        SELECT coalesce(visible_up_to, 2147483647) FROM list_states WHERE name = 'movies'))"""


def upgrade() -> None:
    op.add_column(
        "genres", sa.Column("movies_count", sa.Integer(), nullable=False, server_default="0")
    )
    op.execute(COUNTS)
    if is_sqlite():
        return
    for statement in TITLES:
        op.execute(statement)
    index_parts("ix_movie_titles_parts", "movie_titles")
    op.execute("ANALYZE movie_titles")
    op.execute("DROP INDEX IF EXISTS ix_movies_title_parts")


def downgrade() -> None:
    if not is_sqlite():
        index_parts("ix_movies_title_parts", "movies")
        op.execute("DROP TRIGGER movie_titles_follow ON movies")
        op.execute("DROP FUNCTION follow_movies")
        op.execute("DROP TABLE movie_titles")
    op.drop_column("genres", "movies_count")


def index_parts(name: str, table: str) -> None:
    """Add a trigram index if the extension is available; otherwise a search reads all titles."""
    query = "SELECT true FROM pg_extension WHERE extname = 'pg_trgm'"
    if op.get_bind().scalar(sa.text(query)):
        op.execute(f"CREATE INDEX {name} ON {table} USING gin (folded_title gin_trgm_ops)")


def is_sqlite() -> bool:
    return op.get_bind().dialect.name == "sqlite"

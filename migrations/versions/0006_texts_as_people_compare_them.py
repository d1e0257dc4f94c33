"""Texts are compared as people do, and orders of films have indexes with what is filtered by.

Titles are folded anew, names too, and genres are one by them.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from unicodedata import normalize

import sqlalchemy as sa
from alembic import op

from helpers.text import fold

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

CODE_POINTS = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
ROWS = 1000

# Indexes by name: the columns of an order, and those of the filters.
INDEXES = {
    "ix_movies_newest": ("year DESC, id DESC", "rating, genre_id"),
    "ix_movies_rating": ("rating DESC{nulls_last}, id", "year, genre_id"),
    "ix_movies_folded_title": ("folded_title, id", "year, rating, genre_id"),
    "ix_movies_popular": ("favorites_count DESC, id", "year, rating, genre_id"),
}
OF_SQLITE = {"ix_movies_id": ("id", "year, rating, genre_id")}

genres, directors, movies, users, list_states = (
    sa.table(name, *(sa.column(column) for column in columns))
    for name, *columns in (
        ("genres", "id", "name", "folded_name"),
        ("directors", "id", "name", "folded_name"),
        ("movies", "id", "title", "folded_title", "genre_id"),
        ("users", "favorite_genre_id"),
        ("list_states", "name", "revision", "total", "visible_up_to"),
    )
)


def upgrade() -> None:
    for table in ("genres", "directors"):
        op.add_column(table, sa.Column("folded_name", CODE_POINTS, nullable=True))
    fold_column(directors, "name", "folded_name", fold)
    fold_column(genres, "name", "folded_name", fold)
    merge_genres()
    # The table of films is not rebuilt, because it has the triggers of SQLite's search.
    drop_indexes()
    fold_column(movies, "title", "folded_title", fold)
    make_indexes("{order}, {filtered}")
    with op.batch_alter_table("genres") as batch:
        batch.alter_column("folded_name", existing_type=CODE_POINTS, nullable=False)
        batch.drop_constraint("uq_genres_name", type_="unique")
        batch.create_unique_constraint("uq_genres_folded_name", ["folded_name"])
    with op.batch_alter_table("directors") as batch:
        batch.alter_column("folded_name", existing_type=CODE_POINTS, nullable=False)
    op.create_index("ix_directors_folded_name", "directors", ["folded_name"])
    renew_lists()


def downgrade() -> None:
    op.drop_index("ix_directors_folded_name", "directors")
    with op.batch_alter_table("directors") as batch:
        batch.drop_column("folded_name")
    with op.batch_alter_table("genres") as batch:
        batch.drop_constraint("uq_genres_folded_name", type_="unique")
        batch.drop_column("folded_name")
        batch.create_unique_constraint("uq_genres_name", ["name"])
    drop_indexes()
    fold_column(
        movies,
        "title",
        "folded_title",
        lambda text: normalize("NFC", text).casefold().replace("ё", "е"),
    )
    make_indexes("{order}")
    renew_lists()


def drop_indexes() -> None:
    for name in indexes():
        op.drop_index(name, "movies")


def make_indexes(template: str) -> None:
    nulls_last = "" if is_sqlite() else " NULLS LAST"  # Where SQLite puts them by itself.
    for name, (order, filtered) in indexes().items():
        columns = template.format(order=order, filtered=filtered).format(nulls_last=nulls_last)
        op.execute(f"CREATE INDEX {name} ON movies ({columns})")


def indexes() -> dict[str, tuple[str, str]]:
    return INDEXES | OF_SQLITE if is_sqlite() else INDEXES


def is_sqlite() -> bool:
    return op.get_bind().dialect.name == "sqlite"


def fold_column(
    table: sa.TableClause, text: str, folded: str, folding: Callable[[str], str]
) -> None:
    """Write the folded text of a column into another one, in rows where it differs."""
    connection, columns = op.get_bind(), table.c
    change = (
        sa.update(table)
        .where(columns.id == sa.bindparam("row_id"))
        .values({folded: sa.bindparam("new")})
    )
    rows = sa.select(columns.id, columns[text], columns[folded]).order_by(columns.id).limit(ROWS)
    last = 0
    while found := connection.execute(rows.where(columns.id > last)).all():
        last = found[-1].id
        changed = [
            {"row_id": row_id, "new": new}
            for row_id, written, old in found
            if (new := folding(written)) != old
        ]
        if changed:
            connection.execute(change, changed)


def merge_genres() -> None:
    """Merge genres with the same folded name into the one with the smallest id."""
    connection = op.get_bind()
    ids: dict[str, int] = {}
    for genre in connection.execute(sa.select(genres).order_by(genres.c.id)).all():
        genre_id = ids.setdefault(genre.folded_name, genre.id)
        if genre_id == genre.id:
            continue
        for column in (movies.c.genre_id, users.c.favorite_genre_id):
            follow = sa.update(column.table).where(column == genre.id)
            connection.execute(follow.values({column.name: genre_id}))
        connection.execute(sa.delete(genres).where(genres.c.id == genre.id))


def renew_lists() -> None:
    """Raise the revision: cached lists may have other orders, genres and ids now."""
    now = time.time_ns() // 1000
    later = sa.case((list_states.c.revision < now, now), else_=list_states.c.revision + 1)
    op.execute(sa.update(list_states).values(revision=later))
    visible = sa.or_(
        list_states.c.visible_up_to.is_(None), genres.c.id <= list_states.c.visible_up_to
    )
    total = sa.select(sa.func.count()).select_from(genres).where(visible).scalar_subquery()
    op.execute(sa.update(list_states).where(list_states.c.name == "genres").values(total=total))

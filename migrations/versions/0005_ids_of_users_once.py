"""Never reuse the id of a deleted account on SQLite, as on PostgreSQL."""

from __future__ import annotations

from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    rebuild_users(sqlite_autoincrement=True)


def downgrade() -> None:
    rebuild_users(sqlite_autoincrement=False)


def rebuild_users(*, sqlite_autoincrement: bool) -> None:
    """Build the table anew on SQLite; PostgreSQL takes ids from a sequence, which never goes back.

    `migrations/env.py` has switched foreign keys off, so the rows that refer to users stay.
    """
    if op.get_bind().dialect.name == "sqlite":
        options = {"sqlite_autoincrement": sqlite_autoincrement}
        with op.batch_alter_table("users", recreate="always", table_kwargs=options):
            pass

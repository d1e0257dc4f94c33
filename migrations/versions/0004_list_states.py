"""Rename the bookkeeping table of the public lists as in the code."""

from __future__ import annotations

from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.rename_table("collections", "list_states")
    rename_key("list_states", "collections")
    op.execute("ALTER TABLE list_states RENAME COLUMN last_id TO visible_up_to")


def downgrade() -> None:
    op.execute("ALTER TABLE list_states RENAME COLUMN visible_up_to TO last_id")
    op.rename_table("list_states", "collections")
    rename_key("collections", "list_states")


def rename_key(table: str, former: str) -> None:
    """Let the primary key follow its table; on SQLite it has no name that counts."""
    if op.get_bind().dialect.name == "postgresql":
        op.execute(f"ALTER TABLE {table} RENAME CONSTRAINT pk_{former} TO pk_{table}")

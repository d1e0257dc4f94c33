"""Add the URL of a poster to films."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    poster = sa.Column("poster", sa.Text(), server_default=sa.text("''"), nullable=False)
    op.add_column("movies", poster)


def downgrade() -> None:
    op.drop_column("movies", "poster")

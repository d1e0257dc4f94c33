"""Never reuse ids of genres, directors and films on SQLite, as on PostgreSQL."""

from __future__ import annotations

import re

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

TABLES = ("genres", "directors", "movies")
SCHEMA = sa.text("SELECT type, sql FROM sqlite_master WHERE tbl_name = :table AND sql IS NOT NULL")


def upgrade() -> None:
    for table in TABLES:
        rebuild(table, " AUTOINCREMENT")


def downgrade() -> None:
    for table in TABLES:
        rebuild(table, "")


def rebuild(table: str, option: str) -> None:
    """Build a table anew on SQLite, with this option of its key; PostgreSQL uses no id twice.

    A batch of Alembic's would lose triggers, among them those of the search, checks and the order
    of indexes. `migrations/env.py` has switched foreign keys off, so the rows that refer to this
    table stay (https://www.sqlite.org/lang_altertable.html, section 7).
    """
    connection = op.get_bind()
    if connection.dialect.name != "sqlite":
        return
    schema = connection.execute(SCHEMA, {"table": table}).all()
    [definition] = [sql for kind, sql in schema if kind == "table"]
    key = f"CONSTRAINT pk_{table} PRIMARY KEY"
    for pattern, replacement in (
        (rf'CREATE TABLE "?{table}"?', "CREATE TABLE rebuilt"),
        (rf",\s*{key} \(id\)", ""),
        (rf"\bid INTEGER NOT NULL( {key}( AUTOINCREMENT)?)?", f"id INTEGER NOT NULL {key}{option}"),
    ):
        definition = re.sub(pattern, replacement, definition, count=1)
    if f"id INTEGER NOT NULL {key}{option}" not in definition:
        raise RuntimeError(f"The table {table} is not as former migrations have made it.")
    for statement in (
        definition,
        f"INSERT INTO rebuilt SELECT * FROM {table}",  # noqa: S608  # One of TABLES.
        f"DROP TABLE {table}",
        f"ALTER TABLE rebuilt RENAME TO {table}",
        *(sql for kind, sql in schema if kind != "table"),
    ):
        connection.exec_driver_sql(statement)

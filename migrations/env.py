"""How Alembic reaches our database: through the application's own engine."""

from __future__ import annotations

from typing import Any

from alembic import context
from flask import current_app
from sqlalchemy import Connection

from dao import models
from helpers.database.locks import alone
from setup_db import take_time

# Tables and indexes that one of the engines needs alone, and that no model describes.
OF_ONE_ENGINE = ("movie_titles", "ix_movies_title_parts", "ix_movies_id")


def is_ours(name: str | None, _kind: str, _parents: Any) -> bool:
    """Return whether a thing in the database is one that the models describe."""
    return not (name or "").startswith(OF_ONE_ENGINE)


def run(connection: Connection) -> None:
    context.configure(
        connection=connection,
        target_metadata=models.Base.metadata,
        include_name=is_ours,
        # SQLite can change a column only by building the table anew.
        render_as_batch=connection.dialect.name == "sqlite",
        # Either all of the migrations are there afterwards or none, also where the process dies.
        transactional_ddl=True,
    )
    with context.begin_transaction():
        context.run_migrations()


engine = current_app.extensions["migrate"].db.engine
# Several instances may start at once. The first one migrates, the others find it done.
with alone(engine, "migrating"), engine.connect().execution_options(writes=True) as connection:
    if connection.dialect.name == "sqlite":
        # While a table is built anew, its old self is dropped, and with enforced foreign keys the
        # rows that refer to it would go too: every favorite. Inside a transaction SQLite ignores
        # this pragma, so it goes to the driver's own connection before anything begins.
        connection.connection.driver_connection.execute("PRAGMA foreign_keys = OFF")
    else:
        # An index on a large table takes longer than a request may. The limit on waiting for a
        # lock stays: while a migration waits for a table, everybody else would wait behind it.
        take_time(connection)
    run(connection)
    # This connection has other settings than those of the pool.
    connection.invalidate()

"""How Alembic reaches our database: through the application's own engine."""

from __future__ import annotations

from alembic import context
from flask import current_app
from sqlalchemy import Connection

from dao import models


def run(connection: Connection) -> None:
    context.configure(
        connection=connection,
        target_metadata=models.Base.metadata,
        # SQLite can change a column only by building the table anew.
        render_as_batch=connection.dialect.name == "sqlite",
    )
    with context.begin_transaction():
        context.run_migrations()


with current_app.extensions["migrate"].db.engine.connect() as connection:
    if connection.dialect.name == "sqlite":
        # While a table is built anew, its old self is dropped, and with enforced foreign keys the
        # rows that refer to it would go too: every favorite. Inside a transaction SQLite ignores
        # this pragma, so it goes to the driver's own connection before anything begins.
        connection.connection.driver_connection.execute("PRAGMA foreign_keys = OFF")
    else:
        # An index on a large table takes longer than a request may.
        connection.exec_driver_sql("SET statement_timeout = 0")
        connection.commit()
    run(connection)
    # This connection has other settings than those of the pool.
    connection.invalidate()

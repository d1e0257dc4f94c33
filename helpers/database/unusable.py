"""Databases that answer, and cannot be used as they are."""

from __future__ import annotations

from sqlalchemy.engine import ExceptionContext


class UnusableDatabase(Exception):
    """The text says in a sentence for the owner what to do."""


def refuse_missing_tables(context: ExceptionContext) -> None:
    """Raise UnusableDatabase in place of the driver's error: a listener of `handle_error`."""
    error = context.original_exception
    is_missing = getattr(error, "sqlstate", None) == "42P01"  # PostgreSQL's undefined_table.
    if is_missing or str(error).startswith("no such table: "):
        raise UnusableDatabase(
            "The database has no tables yet. Make them first: flask --app app prepare."
        ) from error

"""Databases that answer, and cannot be used as they are."""

from sqlalchemy.engine import ExceptionContext


class UnusableDatabase(Exception):
    """The text says in a sentence for the owner what to do."""


# What SQLite says of a file that something else has written.
_NO_DATABASE = ("file is not a database", "database disk image is malformed")


def raise_unusable(context: ExceptionContext) -> None:
    """Raise UnusableDatabase in place of the driver's error: a listener of `handle_error`."""
    raise_if_unusable(context.original_exception)


def raise_if_unusable(error: BaseException) -> None:
    """Raise UnusableDatabase where the driver's error means that."""
    if str(error) in _NO_DATABASE:
        raise UnusableDatabase(
            "The file of the database is damaged, or none of SQLite's."
        ) from error
    is_missing = getattr(error, "sqlstate", None) == "42P01"  # PostgreSQL's undefined_table.
    if is_missing or str(error).startswith("no such table: "):
        raise UnusableDatabase(
            "The database has no tables yet. Make them first: flask --app app prepare."
        ) from error
